<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fa_IR" sourcelanguage="en">
<context>
    <name>AgentColumn</name>
    <message>
        <source>Agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>For</source>
        <translation>مدت</translation>
    </message>
    <message>
        <source>Of its limit</source>
        <translation>از حد مجاز</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>State</source>
        <translation>وضعیت</translation>
    </message>
</context>
<context>
    <name>AgentState</name>
    <message>
        <source>Free</source>
        <translation>آزاد</translation>
    </message>
    <message>
        <source>In call</source>
        <translation>در مکالمه</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>نامعلوم</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>خارج از سامانه</translation>
    </message>
    <message>
        <source>On break</source>
        <translation>استراحت</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>پشت خط</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>کار دیگر</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>در حال زنگ</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>پس از تماس</translation>
    </message>
</context>
<context>
    <name>Agents</name>
    <message>
        <source>All together</source>
        <translation>همه با هم</translation>
    </message>
    <message>
        <source>By group</source>
        <translation>بر اساس گروه</translation>
    </message>
    <message>
        <source>By queue</source>
        <translation>بر اساس صف</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>بر اساس وضعیت</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>خانه‌ها</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>بستن (Esc)</translation>
    </message>
    <message>
        <source>Details of an agent</source>
        <translation>جزئیات کارشناس</translation>
    </message>
    <message>
        <source>Hold the order (space)</source>
        <translation>ثابت‌ماندن ترتیب (فاصله)</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>بدون گروه</translation>
    </message>
    <message>
        <source>In no queue</source>
        <translation>بدون صف</translation>
    </message>
    <message>
        <source>No agent fits this filter. Esc in the field shows all again.</source>
        <translation>هیچ کارشناسی با این فیلتر جور نیست. کلید Esc در کادر فیلتر، همه را دوباره نشان می‌دهد.</translation>
    </message>
    <message>
        <source>No agents to see. Check that the queues have agents and that this account may see them.</source>
        <translation>کارشناسی دیده نمی‌شود. بررسی کنید که صف‌ها کارشناس دارند و این حساب اجازهٔ دیدن آن‌ها را دارد.</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>Reading the history …</source>
        <translation>در حال خواندن تاریخچه …</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>The shift so far</source>
        <translation>شیفت تا این لحظه</translation>
    </message>
    <message>
        <source>This agent is not on the board any more.</source>
        <translation>این کارشناس دیگر روی تابلو نیست.</translation>
    </message>
    <message>
        <source>This system does not tell its agents.</source>
        <translation>این سامانه کارشناسانش را نمی‌گوید.</translation>
    </message>
    <message>
        <source>You do not see agents here.</source>
        <translation>کارشناسان در اینجا برای شما دیده نمی‌شوند.</translation>
    </message>
    <message>
        <source>You do not see agents here. Ask the administrator for the right to see them.</source>
        <translation>کارشناسان در اینجا برای شما دیده نمی‌شوند. دسترسی دیدن آن‌ها را از مدیر سامانه بخواهید.</translation>
    </message>
    <message>
        <source>limit {time}</source>
        <translation>حد {time}</translation>
    </message>
    <message>
        <source>no reason told</source>
        <translation>بدون ذکر دلیل</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>A note, if you like</source>
        <translation>یادداشت، اگر بخواهید</translation>
    </message>
    <message>
        <source>About to fire</source>
        <translation>در آستانهٔ هشدار</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>تأیید</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>تأییدشده</translation>
    </message>
    <message>
        <source>Acknowledged: {alert}</source>
        <translation>تأیید شد: {alert}</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>افزودن شرط</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>هشدارها</translation>
    </message>
    <message>
        <source>Alerts of the past</source>
        <translation>هشدارهای گذشته</translation>
    </message>
    <message>
        <source>All alerts and rules</source>
        <translation>همهٔ هشدارها و قاعده‌ها</translation>
    </message>
    <message>
        <source>All of them must hold</source>
        <translation>همه باید برقرار باشند</translation>
    </message>
    <message>
        <source>Any of them is enough</source>
        <translation>یکی بس است</translation>
    </message>
    <message>
        <source>At least so many calls</source>
        <translation>کمینهٔ شمار تماس</translation>
    </message>
    <message>
        <source>Busiest hour</source>
        <translation>شلوغ‌ترین ساعت</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>انصراف</translation>
    </message>
    <message>
        <source>Choose an alert to see what was told of it.</source>
        <translation>هشداری را برگزینید تا سرگذشتش را ببینید.</translation>
    </message>
    <message>
        <source>Choose at least one day of the week.</source>
        <translation>دست‌کم یک روز هفته را برگزینید.</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>بحرانی</translation>
    </message>
    <message>
        <source>Critical beyond</source>
        <translation>بحرانی از</translation>
    </message>
    <message>
        <source>Critical: {critical}. Came and went: {flapping}.</source>
        <translation>بحرانی: {critical}. آمد و رفت: {flapping}.</translation>
    </message>
    <message>
        <source>Days that are known: {days}. What was shorter than {grain} is not seen.</source>
        <translation>روزهای معلوم: {days}. آنچه کوتاه‌تر از {grain} بوده دیده نمی‌شود.</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>کنار گذاشتن</translation>
    </message>
    <message>
        <source>Each agent</source>
        <translation>هر کارشناس</translation>
    </message>
    <message>
        <source>Each group of queues</source>
        <translation>هر گروه صف</translation>
    </message>
    <message>
        <source>Each queue</source>
        <translation>هر صف</translation>
    </message>
    <message>
        <source>Edit …</source>
        <translation>ویرایش …</translation>
    </message>
    <message>
        <source>Enter at least one limit.</source>
        <translation>دست‌کم یک حد بنویسید.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>یافتن</translation>
    </message>
    <message>
        <source>Fired in 24 hours</source>
        <translation>هشدار در ۲۴ ساعت</translation>
    </message>
    <message>
        <source>For so long (m:ss)</source>
        <translation>به مدت (دقیقه:ثانیه)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>از</translation>
    </message>
    <message>
        <source>Further conditions</source>
        <translation>شرط‌های دیگر</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>واگذاشتن</translation>
    </message>
    <message>
        <source>Give the rule a name.</source>
        <translation>برای قاعده نامی بنویسید.</translation>
    </message>
    <message>
        <source>Health of the alerts</source>
        <translation>سلامت هشدارها</translation>
    </message>
    <message>
        <source>Hear it again</source>
        <translation>دوباره باصدا</translation>
    </message>
    <message>
        <source>Holidays of the site, for all rules</source>
        <translation>تعطیلات مرکز، برای همهٔ قاعده‌ها</translation>
    </message>
    <message>
        <source>Hours and holidays</source>
        <translation>ساعت‌ها و تعطیلات</translation>
    </message>
    <message>
        <source>In a flood</source>
        <translation>در سیل هشدار</translation>
    </message>
    <message>
        <source>In the last 7 days it would have fired {number} times.</source>
        <translation>در ۷ روز گذشته {number} بار هشدار می‌داد.</translation>
    </message>
    <message>
        <source>In the last 7 days it would not have fired.</source>
        <translation>در ۷ روز گذشته هشداری نمی‌داد.</translation>
    </message>
    <message>
        <source>Is bad</source>
        <translation>بد است</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>۷ روز گذشته</translation>
    </message>
    <message>
        <source>Longer than a day</source>
        <translation>بیش از یک روز</translation>
    </message>
    <message>
        <source>Looking at the last 7 days …</source>
        <translation>در حال بررسی ۷ روز گذشته …</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>ناظر بر</translation>
    </message>
    <message>
        <source>Most often: {subject}, {number} times.</source>
        <translation>بیش از همه: {subject}، {number} بار.</translation>
    </message>
    <message>
        <source>Most restless rule</source>
        <translation>ناآرام‌ترین قاعده</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>بی‌صدا</translation>
    </message>
    <message>
        <source>My rule</source>
        <translation>قاعدهٔ من</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>نام</translation>
    </message>
    <message>
        <source>New rule …</source>
        <translation>قاعدهٔ تازه …</translation>
    </message>
    <message>
        <source>No alerts. All is within its limits.</source>
        <translation>هشداری نیست. همه چیز در محدودهٔ مجاز است.</translation>
    </message>
    <message>
        <source>No data: {number} rules are not watched.</source>
        <translation>داده نیست: {number} قاعده پایش نمی‌شود.</translation>
    </message>
    <message>
        <source>Nobody can say while nothing is watched.</source>
        <translation>تا پایش برقرار نشود کسی نمی‌داند.</translation>
    </message>
    <message>
        <source>Nobody can say while there is no data.</source>
        <translation>تا داده نرسد نمی‌توان گفت.</translation>
    </message>
    <message>
        <source>Nobody has them</source>
        <translation>در دست کسی نیست</translation>
    </message>
    <message>
        <source>Nobody took</source>
        <translation>برنداشته</translation>
    </message>
    <message>
        <source>None chosen: each one is looked at.</source>
        <translation>اگر هیچ‌کدام برگزیده نشود، همه پایش می‌شوند.</translation>
    </message>
    <message>
        <source>Not all of the rules could be read.</source>
        <translation>همهٔ قاعده‌ها خوانده نشدند.</translation>
    </message>
    <message>
        <source>Not on holidays</source>
        <translation>در تعطیلات نه</translation>
    </message>
    <message>
        <source>Nothing fired in the last 7 days.</source>
        <translation>در ۷ روز گذشته هشداری نبوده است.</translation>
    </message>
    <message>
        <source>Nothing is stored of the last 7 days yet.</source>
        <translation>هنوز چیزی از ۷ روز گذشته ذخیره نشده است.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>اکنون</translation>
    </message>
    <message>
        <source>Of which time</source>
        <translation>در کدام بازه</translation>
    </message>
    <message>
        <source>On holidays, too</source>
        <translation>در تعطیلات هم</translation>
    </message>
    <message>
        <source>Only some of them</source>
        <translation>تنها برخی از آن‌ها</translation>
    </message>
    <message>
        <source>Over after so long of calm (m:ss)</source>
        <translation>پایان پس از این مدت آرامش (دقیقه:ثانیه)</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>شاخص</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>قاعده‌ها</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>با این همه ذخیره شود</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>ذخیرهٔ قاعده</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>تعویق</translation>
    </message>
    <message>
        <source>Shelve …</source>
        <translation>تعویق …</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>در تعویق</translation>
    </message>
    <message>
        <source>Shelved: {alert}</source>
        <translation>به تعویق افتاد: {alert}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>نمایش</translation>
    </message>
    <message>
        <source>That is {number} a day: nobody listens to that for long. Loosen it.</source>
        <translation>یعنی روزی {number} بار: کسی زمان درازی به آن توجه نمی‌کند. حد را بازتر کنید.</translation>
    </message>
    <message>
        <source>The critical limit must be further out than the warning.</source>
        <translation>حد بحرانی باید دورتر از حد هشدار باشد.</translation>
    </message>
    <message>
        <source>The rules hold until the program ends.</source>
        <translation>قاعده‌ها تا پایان برنامه برقرارند.</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>منبع داده</translation>
    </message>
    <message>
        <source>The watch failed; it begins anew in a minute.</source>
        <translation>پایش از کار افتاد؛ یک دقیقهٔ دیگر از نو آغاز می‌شود.</translation>
    </message>
    <message>
        <source>The watch has just begun: alerts show once more data has come.</source>
        <translation>پایش تازه آغاز شده است: هشدارها با رسیدن دادهٔ بعدی نشان داده می‌شوند.</translation>
    </message>
    <message>
        <source>The whole site</source>
        <translation>کل مرکز</translation>
    </message>
    <message>
        <source>There are no rules: nothing is watched.</source>
        <translation>قاعده‌ای نیست: چیزی پایش نمی‌شود.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>تا</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>برگرداندن</translation>
    </message>
    <message>
        <source>Warning beyond</source>
        <translation>هشدار از</translation>
    </message>
    <message>
        <source>What such a rule looks at is not stored, so its past cannot be told.</source>
        <translation>آنچه چنین قاعده‌ای می‌سنجد ذخیره نمی‌شود؛ پس گذشته‌اش را نمی‌توان گفت.</translation>
    </message>
    <message>
        <source>Why it may wait</source>
        <translation>چرا می‌تواند بماند</translation>
    </message>
    <message>
        <source>With commas between: 1405-01-01 and 2026-03-21 are one day, 01-13 is each year&apos;s by the Jalali calendar.</source>
        <translation>با ویرگول جدا کنید: ‎1405-01-01‎ و ‎2026-03-21‎ یک روزند، ‎01-13‎ روزی از هر سال شمسی است.</translation>
    </message>
    <message>
        <source>above {limit}</source>
        <translation>بالای {limit}</translation>
    </message>
    <message>
        <source>acknowledged by {who}</source>
        <translation>{who} تأیید کرد</translation>
    </message>
    <message>
        <source>became better</source>
        <translation>بهتر شد</translation>
    </message>
    <message>
        <source>became worse</source>
        <translation>بدتر شد</translation>
    </message>
    <message>
        <source>below {limit}</source>
        <translation>زیر {limit}</translation>
    </message>
    <message>
        <source>comes and goes</source>
        <translation>می‌آید و می‌رود</translation>
    </message>
    <message>
        <source>dismissed by {who}</source>
        <translation>{who} کنار گذاشت</translation>
    </message>
    <message>
        <source>fired</source>
        <translation>آغاز شد</translation>
    </message>
    <message>
        <source>fired in 7 days: {number}</source>
        <translation>در ۷ روز: {number} بار</translation>
    </message>
    <message>
        <source>for {time}</source>
        <translation>به مدت {time}</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>از {begin} تا {end}</translation>
    </message>
    <message>
        <source>given back by {who}</source>
        <translation>{who} واگذاشت</translation>
    </message>
    <message>
        <source>is steady again</source>
        <translation>دوباره پایدار است</translation>
    </message>
    <message>
        <source>its rule is muted</source>
        <translation>قاعده‌اش بی‌صداست</translation>
    </message>
    <message>
        <source>limit {limit}</source>
        <translation>حد {limit}</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>بی‌صدا</translation>
    </message>
    <message>
        <source>nobody has it any more</source>
        <translation>دیگر در دست کسی نیست</translation>
    </message>
    <message>
        <source>nobody took it</source>
        <translation>کسی برنداشت</translation>
    </message>
    <message>
        <source>not on holidays</source>
        <translation>نه در تعطیلات</translation>
    </message>
    <message>
        <source>not watched now</source>
        <translation>اکنون پایش نمی‌شود</translation>
    </message>
    <message>
        <source>note by {who}</source>
        <translation>یادداشت {who}</translation>
    </message>
    <message>
        <source>only {number} of them</source>
        <translation>تنها {number} مورد از آن‌ها</translation>
    </message>
    <message>
        <source>over</source>
        <translation>پایان یافت</translation>
    </message>
    <message>
        <source>over after {time}</source>
        <translation>پایان پس از {time}</translation>
    </message>
    <message>
        <source>over after {time} of calm</source>
        <translation>پایان پس از {time} آرامش</translation>
    </message>
    <message>
        <source>over in {left}</source>
        <translation>پایان تا {left} دیگر</translation>
    </message>
    <message>
        <source>over: {number}</source>
        <translation>پایان‌یافته: {number}</translation>
    </message>
    <message>
        <source>rule heard again, by {who}</source>
        <translation>{who} قاعده را دوباره باصدا کرد</translation>
    </message>
    <message>
        <source>rule muted by {who}</source>
        <translation>{who} قاعده را بی‌صدا کرد</translation>
    </message>
    <message>
        <source>shelved by {who}</source>
        <translation>{who} به تعویق انداخت</translation>
    </message>
    <message>
        <source>shelved by {who}, {left} left</source>
        <translation>تعویق توسط {who}، {left} مانده</translation>
    </message>
    <message>
        <source>shelved: {number}</source>
        <translation>در تعویق: {number}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>از {time}</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>برپاست</translation>
    </message>
    <message>
        <source>what is above</source>
        <translation>آنچه بالاتر است</translation>
    </message>
    <message>
        <source>what is below</source>
        <translation>آنچه پایین‌تر است</translation>
    </message>
    <message>
        <source>{kind}: {conditions}</source>
        <translation>{kind}: {conditions}</translation>
    </message>
    <message>
        <source>{limit} (critical {worse})</source>
        <translation>{limit} (بحرانی {worse})</translation>
    </message>
    <message>
        <source>{number} alerts in 10 minutes, shown by rule.</source>
        <translation>{number} هشدار در ۱۰ دقیقه، به تفکیک قاعده.</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one} و {other}</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} یا {other}</translation>
    </message>
    <message>
        <source>{reading}, of at least {number} calls</source>
        <translation>{reading}، با دست‌کم {number} تماس</translation>
    </message>
    <message>
        <source>{text} is no day, as 1405-01-01, 2026-03-21 or 01-13 is.</source>
        <translation>{text} تاریخ نیست؛ نمونه: ‎1405-01-01‎ یا ‎2026-03-21‎ یا ‎01-13‎.</translation>
    </message>
    <message>
        <source>{text} is no number.</source>
        <translation>{text} عدد نیست.</translation>
    </message>
    <message>
        <source>{text} is no time of the day, as 08:00 is.</source>
        <translation>{text} ساعتی از روز نیست؛ نمونه: ۰۸:۰۰.</translation>
    </message>
    <message>
        <source>{who} after {time}</source>
        <translation>{who} پس از {time}</translation>
    </message>
    <message>
        <source>{who} has it, {left} left</source>
        <translation>در دست {who}، {left} مانده</translation>
    </message>
</context>
<context>
    <name>AlertMessage</name>
    <message>
        <source>A trial: this way out of alerts is open.</source>
        <translation>آزمایش: این مسیر ارسال هشدار باز است.</translation>
    </message>
    <message>
        <source>Better, {severity}: {rule}</source>
        <translation>بهتر شد، {severity}: {rule}</translation>
    </message>
    <message>
        <source>Comes and goes: {rule}</source>
        <translation>ناپایدار: {rule}</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>بحرانی</translation>
    </message>
    <message>
        <source>Nobody has it, {severity}: {rule}</source>
        <translation>کسی پیگیر آن نیست، {severity}: {rule}</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>عادی</translation>
    </message>
    <message>
        <source>Nothing has happened. Alerts would come here as this message did.</source>
        <translation>اتفاقی نیفتاده است. هشدارها همین‌طور که این پیام رسید، به اینجا می‌رسند.</translation>
    </message>
    <message>
        <source>Over: {rule}</source>
        <translation>برطرف شد: {rule}</translation>
    </message>
    <message>
        <source>Steady, {severity}: {rule}</source>
        <translation>پایدار شد، {severity}: {rule}</translation>
    </message>
    <message>
        <source>Wallboard, {site}</source>
        <translation>والبورد، {site}</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>هشدار</translation>
    </message>
    <message>
        <source>Worse, {severity}: {rule}</source>
        <translation>بدتر شد، {severity}: {rule}</translation>
    </message>
    <message>
        <source>a group of queues</source>
        <translation>گروهی از صف‌ها</translation>
    </message>
    <message>
        <source>a queue</source>
        <translation>یک صف</translation>
    </message>
    <message>
        <source>an agent</source>
        <translation>یک کارشناس</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>و {count} مورد دیگر</translation>
    </message>
    <message>
        <source>the connection to the call center</source>
        <translation>اتصال به مرکز تماس</translation>
    </message>
    <message>
        <source>the whole site</source>
        <translation>کل مرکز</translation>
    </message>
    <message>
        <source>{count} messages about alerts; the latest: {head}</source>
        <translation>{count} پیام دربارهٔ هشدارها؛ آخرین: {head}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}، {time}</translation>
    </message>
    <message>
        <source>{head} ({subject})</source>
        <translation>{head} ({subject})</translation>
    </message>
    <message>
        <source>{reading}: {value}</source>
        <translation>{reading}: {value}</translation>
    </message>
    <message>
        <source>{reading}: {value}, limit {limit}</source>
        <translation>{reading}: {value}، حد {limit}</translation>
    </message>
    <message>
        <source>{severity}: {rule}</source>
        <translation>{severity}: {rule}</translation>
    </message>
</context>
<context>
    <name>Aloud</name>
    <message>
        <source>Columns to sort by</source>
        <translation>ستون‌ها برای مرتب‌سازی</translation>
    </message>
    <message>
        <source>No data: the system is not heard.</source>
        <translation>داده‌ای نیست: سامانه پاسخ نمی‌دهد.</translation>
    </message>
    <message>
        <source>The connection is live.</source>
        <translation>اتصال برقرار است.</translation>
    </message>
    <message>
        <source>The figures are no longer fresh.</source>
        <translation>ارقام دیگر تازه نیستند.</translation>
    </message>
    <message>
        <source>Waiting for the system.</source>
        <translation>در انتظار سامانه.</translation>
    </message>
    <message>
        <source>and {count} more alerts</source>
        <translation>و {count} هشدار دیگر</translation>
    </message>
    <message>
        <source>last data at {time}</source>
        <translation>آخرین داده ساعت {time}</translation>
    </message>
    <message>
        <source>limit {time}</source>
        <translation>حد {time}</translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation>کسی منتظر نیست</translation>
    </message>
    <message>
        <source>sorted by this</source>
        <translation>مرتب‌شده بر اساس این</translation>
    </message>
    <message>
        <source>updated {time} ago</source>
        <translation>به‌روزشده {time} پیش</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>No queues to see. Check that the system has queues and that this account may see them.</source>
        <translation>صفی دیده نمی‌شود. بررسی کنید که سامانه صف داشته باشد و این حساب اجازهٔ دیدن آن‌ها را داشته باشد.</translation>
    </message>
    <message>
        <source>Waiting for the first picture …</source>
        <translation>در انتظار نخستین داده …</translation>
    </message>
</context>
<context>
    <name>CallColumn</name>
    <message>
        <source>Agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>تماس‌گیرنده</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>پایان</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>مکالمه</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>زمان</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>انتظار</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>As usual</source>
        <translation>طبق معمول</translation>
    </message>
    <message>
        <source>Call back: {time}</source>
        <translation>تماس برگشتی: {time}</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>Details of a caller</source>
        <translation>جزئیات تماس‌گیرنده</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>مهلت</translation>
    </message>
    <message>
        <source>Got through</source>
        <translation>پاسخ گرفته</translation>
    </message>
    <message>
        <source>In 1 h</source>
        <translation>۱ ساعت دیگر</translation>
    </message>
    <message>
        <source>In 15 min</source>
        <translation>۱۵ دقیقه دیگر</translation>
    </message>
    <message>
        <source>In 3 h</source>
        <translation>۳ ساعت دیگر</translation>
    </message>
    <message>
        <source>Last try</source>
        <translation>آخرین تماس</translation>
    </message>
    <message>
        <source>Live calls</source>
        <translation>تماس‌های جاری</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>بیشترین انتظار</translation>
    </message>
    <message>
        <source>Lost calls</source>
        <translation>تماس‌های از دست رفته</translation>
    </message>
    <message>
        <source>Lost calls: {count}</source>
        <translation>تماس‌های از دست رفته: {count}</translation>
    </message>
    <message>
        <source>No call fits this filter. Esc in the field shows all again.</source>
        <translation>هیچ تماسی با این فیلتر جور نیست. کلید Esc در کادر فیلتر، همه را دوباره نشان می‌دهد.</translation>
    </message>
    <message>
        <source>No calls at this moment.</source>
        <translation>در این لحظه تماسی نیست.</translation>
    </message>
    <message>
        <source>Nobody waits to be called back.</source>
        <translation>هیچ‌کس منتظر تماس برگشتی نیست.</translation>
    </message>
    <message>
        <source>Nobody whose call was lost has got through yet.</source>
        <translation>هنوز هیچ‌یک از تماس‌گیرندگان از دست رفته پاسخ نگرفته است.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>یادداشت</translation>
    </message>
    <message>
        <source>Note on this caller</source>
        <translation>یادداشت دربارهٔ این تماس‌گیرنده</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>در حال مکالمه</translation>
    </message>
    <message>
        <source>This system does not tell single calls.</source>
        <translation>این سامانه تک‌تک تماس‌ها را نمی‌گوید.</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>نیازمند تماس برگشتی</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>دفعات تماس</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>برگرداندن</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>در انتظار</translation>
    </message>
    <message>
        <source>Without a number</source>
        <translation>بدون شماره</translation>
    </message>
    <message>
        <source>You do not see calls here. Ask the administrator for the right to see them.</source>
        <translation>تماس‌ها در اینجا برای شما دیده نمی‌شوند. دسترسی دیدن آن‌ها را از مدیر سامانه بخواهید.</translation>
    </message>
    <message>
        <source>got through {time}</source>
        <translation>پاسخ گرفت {time}</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>تا {time} دیگر</translation>
    </message>
    <message>
        <source>of {count} callers</source>
        <translation>از {count} تماس‌گیرنده</translation>
    </message>
    <message>
        <source>waits in a queue now</source>
        <translation>اکنون در صف منتظر است</translation>
    </message>
    <message>
        <source>{time} overdue</source>
        <translation>{time} دیرکرد</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>CERTIFICATE</source>
        <translation>گواهی نامعتبر</translation>
    </message>
    <message>
        <source>NO DATA since {time}</source>
        <translation>بدون داده از {time}</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>مکث</translation>
    </message>
    <message>
        <source>SIGN-IN</source>
        <translation>خطای ورود</translation>
    </message>
</context>
<context>
    <name>Coach</name>
    <message>
        <source>Acknowledge</source>
        <translation>تأیید</translation>
    </message>
    <message>
        <source>F11 fills the screen</source>
        <translation>با F11 همهٔ صفحه پر می‌شود</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>متوجه شدم</translation>
    </message>
    <message>
        <source>Here stands when the call center was last heard. If it cannot be reached, this says so and the figures fade: “Simulate outage” shows it.</source>
        <translation>اینجا نوشته است که آخرین خبر از مرکز تماس کی رسید. اگر ارتباط قطع شود همین‌جا اعلام می‌شود و ارقام کم‌رنگ می‌شوند؛ «شبیه‌سازی قطعی» آن را نشان می‌دهد.</translation>
    </message>
    <message>
        <source>How fresh the figures are</source>
        <translation>تازگی ارقام</translation>
    </message>
    <message>
        <source>Pressed again it gives the window back. Ctrl+K finds any queue, agent or setting, and F1 opens the guide.</source>
        <translation>با فشردن دوباره پنجره برمی‌گردد. Ctrl+K هر صف، کارشناس یا تنظیمی را پیدا می‌کند و F1 راهنما را باز می‌کند.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>رد شدن</translation>
    </message>
    <message>
        <source>The worst queue comes first. A triangle is beyond its limit, a diamond is close to it; where all is well there is no colour. Acknowledge that you have seen it.</source>
        <translation>بدترین صف اول می‌آید. مثلث یعنی از حد گذشته و لوزی یعنی نزدیک به حد است؛ جایی که همه‌چیز خوب است رنگی نیست. تأیید کنید که آن را دیده‌اید.</translation>
    </message>
    <message>
        <source>What needs you stands on top</source>
        <translation>آنچه به شما نیاز دارد بالاتر است</translation>
    </message>
    <message>
        <source>{number} of {all}</source>
        <translation>{number} از {all}</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>AHT</source>
        <translation>میانگین رسیدگی</translation>
    </message>
    <message>
        <source>ASA</source>
        <translation>میانگین پاسخ</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>رهاشده</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>پاسخ‌داده</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>مشغول</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>آزاد</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>ورودی</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>--phones {text} is no regular expression ({reason}).</source>
        <translation>--phones {text} عبارت باقاعدهٔ درستی نیست ({reason}).</translation>
    </message>
    <message>
        <source>--tls-key is of no use without --tls-cert; give both.</source>
        <translation>--tls-key بدون --tls-cert کاری نمی‌کند؛ هر دو را بدهید.</translation>
    </message>
    <message>
        <source>2026-11-22, 08:00, 2026-11-22T08:00 or 1405-09-01</source>
        <translation>مانند 2026-11-22، ‏08:00، ‏2026-11-22T08:00 یا 1405-09-01</translation>
    </message>
    <message>
        <source>A connection cannot be called {name}: use letters, digits, single spaces and - _ . @ only, 64 characters at most.</source>
        <translation>نام اتصال نمی‌تواند {name} باشد: فقط حرف، رقم، فاصلهٔ تکی و - _ . @ و حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>A connection cannot be called {name}: use letters, digits, spaces and - _ . @, 64 at most.</source>
        <translation>نام اتصال نمی‌تواند {name} باشد: حروف، ارقام، فاصله و - _ . @ را به کار ببرید، حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>A file that the server needs cannot be used ({reason}). Look at the folder server among the program&apos;s data.</source>
        <translation>پرونده‌ای که سرور لازم دارد به کار نمی‌آید ({reason}). پوشهٔ server را در میان داده‌های برنامه بررسی کنید.</translation>
    </message>
    <message>
        <source>A mistake in the program ended it ({error}), and nothing could be written to {log}. Please report it.</source>
        <translation>خطایی در خود برنامه آن را متوقف کرد ({error}) و چیزی در {log} نوشته نشد. لطفاً گزارش دهید.</translation>
    </message>
    <message>
        <source>A mistake in the program ended it ({error}). Please report it with what stands in {log}.</source>
        <translation>خطایی در خود برنامه آن را متوقف کرد ({error}). لطفاً همراه با محتوای {log} گزارش دهید.</translation>
    </message>
    <message>
        <source>A part of the program cannot be loaded ({reason}). Install it again, as its README tells.</source>
        <translation>بخشی از برنامه بارگذاری نمی‌شود ({reason}). برنامه را چنان که در README آمده دوباره نصب کنید.</translation>
    </message>
    <message>
        <source>A picture cannot be {size} large; give it as in --size 1920x1080</source>
        <translation>اندازهٔ تصویر نمی‌تواند {size} باشد؛ آن را به شکل ‎--size 1920x1080 بدهید</translation>
    </message>
    <message>
        <source>A report cannot be called {name}: use letters, digits, spaces and - _ . @, 64 at most.</source>
        <translation>گزارش نمی‌تواند {name} نام داشته باشد: از حرف، رقم، فاصله و - _ . @ استفاده کنید، حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>A screen gives no commands: leave out --mode and --phone, or make a token of another role.</source>
        <translation>نمایشگر فرمان نمی‌دهد: ‎--mode و ‎--phone را ننویسید یا توکنی با نقش دیگر بسازید.</translation>
    </message>
    <message>
        <source>A token&apos;s name has 1 to {most} letters that can be seen, and no space at its ends.</source>
        <translation>نام توکن از ۱ تا {most} نویسهٔ دیدنی دارد و در دو سر آن فاصله نیست.</translation>
    </message>
    <message>
        <source>A way out cannot be called {name}: use letters, digits, spaces and - _ . @, 64 at most.</source>
        <translation>مسیر ارسال نمی‌تواند {name} نام داشته باشد: از حرف، رقم، فاصله و - _ . @ استفاده کنید، حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>After --field comes KEY=VALUE, as in --field port=5038</source>
        <translation>پس از ‎--field باید KEY=VALUE بیاید، مانند ‎--field port=5038</translation>
    </message>
    <message>
        <source>After {option} comes {form}, and not {text}</source>
        <translation>پس از {option} باید {form} بیاید، نه {text}</translation>
    </message>
    <message>
        <source>Agents&apos; names stand in this report, and they may not leave the house by {name}. Allow it with `wallboard way add … --names`, or choose another report.</source>
        <translation>در این گزارش نام کارشناسان آمده است و این نام‌ها نباید با {name} بیرون بروند. با `wallboard way add … --names` اجازه دهید یا گزارش دیگری انتخاب کنید.</translation>
    </message>
    <message>
        <source>Agents&apos; time belongs to no single queue, because an agent may be in several; ask for {key} without --queue.</source>
        <translation>زمان کارشناس به یک صف تنها تعلق ندارد، چون هر کارشناس می‌تواند در چند صف باشد؛ {key} را بدون ‎--queue‎ بپرسید.</translation>
    </message>
    <message>
        <source>Another program asks the call center; this one answers the same and stands by.</source>
        <translation>برنامهٔ دیگری از مرکز تماس می‌پرسد؛ این یکی همان پاسخ‌ها را می‌دهد و آمادهٔ جانشینی است.</translation>
    </message>
    <message>
        <source>Another program listens at {host} port {port} already. End it, or choose another port with --port.</source>
        <translation>برنامهٔ دیگری از پیش در {host} به درگاه {port} گوش می‌دهد. آن را ببندید یا با --port درگاه دیگری برگزینید.</translation>
    </message>
    <message>
        <source>Another program serves {name} from this place already; two would write one history. End it, or let both keep the history on a PostgreSQL server: then they stand by for each other.</source>
        <translation>برنامهٔ دیگری {name} را از همین‌جا ارائه می‌کند؛ دو برنامه یک تاریخچه را می‌نوشتند. آن را پایان دهید، یا بگذارید هر دو تاریخچه را روی سرور PostgreSQL نگه دارند: آنگاه پشتیبان یکدیگرند.</translation>
    </message>
    <message>
        <source>Callers&apos; numbers may not be seen whole here. Whoever may decide that sets caller_numbers = &quot;whole&quot; in the settings.</source>
        <translation>شمارهٔ تماس‌گیرندگان در اینجا نباید کامل دیده شود. کسی که اختیار آن را دارد در تنظیمات caller_numbers = &quot;whole&quot; می‌گذارد.</translation>
    </message>
    <message>
        <source>Calls before {time} are kept only as sums, so no figure can be explained from them; choose a later --from.</source>
        <translation>تماس‌های پیش از {time} فقط به‌صورت جمع نگه داشته شده‌اند و رقمی را با آن‌ها نمی‌توان توضیح داد؛ ‎--from‎ دیرتری برگزینید.</translation>
    </message>
    <message>
        <source>Calls from {first} to {last}; only sums before {rolled}.</source>
        <translation>تماس‌ها از {first} تا {last}؛ پیش از {rolled} فقط جمع.</translation>
    </message>
    <message>
        <source>Closed days that became files of their own: {days}.</source>
        <translation>روزهای بسته‌ای که هر یک پروندهٔ جداگانه شدند: {days}.</translation>
    </message>
    <message>
        <source>Connection {name}: {kind} ({where})</source>
        <translation>اتصال {name}: {kind} ({where})</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>نمایشی</translation>
    </message>
    <message>
        <source>Do not write {field} into the command, where others can read it: give it on standard input with --secret-stdin.</source>
        <translation>{field} را در خود فرمان ننویسید، چون دیگران می‌توانند آن را بخوانند: با ‎--secret-stdin از ورودی استاندارد بدهید.</translation>
    </message>
    <message>
        <source>Ended; nothing is open any more.</source>
        <translation>پایان یافت؛ دیگر چیزی باز نیست.</translation>
    </message>
    <message>
        <source>Exit codes:
  0   good
  1   the call-center system does not answer as it should
  2   the command or its values cannot be used
  3   there is no place for the password, or it is not where it should be
  4   something is missing on this machine, or files cannot be written
  70  a mistake in the program

Environment:
  WALLBOARD_HOME           a directory for all of the program&apos;s files
  WALLBOARD_SECRET_&lt;NAME&gt;  the password of the connection of that name</source>
        <translation>کدهای خروج:
  0   خوب
  1   سامانهٔ مرکز تماس آن‌گونه که باید پاسخ نمی‌دهد
  2   فرمان یا مقدارهای آن قابل استفاده نیست
  3   جایی برای نگهداری گذرواژه نیست، یا گذرواژه سر جایش نیست
  4   چیزی در این رایانه کم است، یا نوشتن پرونده‌ها ممکن نیست
  70  خطایی در خود برنامه

متغیرهای محیطی:
  WALLBOARD_HOME           پوشه‌ای برای همهٔ پرونده‌های برنامه
  WALLBOARD_SECRET_&lt;NAME&gt;  گذرواژهٔ اتصالی به همین نام</translation>
    </message>
    <message>
        <source>Free agents</source>
        <translation>کارشناسان آزاد</translation>
    </message>
    <message>
        <source>From the next log-in on it starts by itself: {file}</source>
        <translation>از ورود بعدی به سیستم خودش آغاز می‌شود: {file}</translation>
    </message>
    <message>
        <source>Give a file that ends with .jsonl or .csv.</source>
        <translation>فایلی بدهید که نامش به ‎.jsonl یا ‎.csv پایان یابد.</translation>
    </message>
    <message>
        <source>Interrupted. What is counted below is kept; give the same command again to go on, nothing counts twice.</source>
        <translation>متوقف شد. آنچه در زیر شمرده شده نگه داشته شده است؛ برای ادامه همین فرمان را دوباره بدهید، چیزی دو بار شمرده نمی‌شود.</translation>
    </message>
    <message>
        <source>It starts at log-in no more: {file}</source>
        <translation>دیگر هنگام ورود به سیستم آغاز نمی‌شود: {file}</translation>
    </message>
    <message>
        <source>Its end was noted nowhere: lines that were taken off it would not be missed. Note the hash elsewhere, and give it with --head the next time.</source>
        <translation>پایان آن جایی یادداشت نشده است: اگر سطری از انتها برداشته شده باشد معلوم نمی‌شود. هش را جای دیگری یادداشت کنید و بار بعد با ‎--head بدهید.</translation>
    </message>
    <message>
        <source>Keep the password in a file that you alone can read (file), or ask for it at each start (ask)? Anything else ends without saving.</source>
        <translation>گذرواژه در پرونده‌ای که فقط شما می‌توانید بخوانید نگه داشته شود (file)، یا در هر شروع پرسیده شود (ask)؟ هر پاسخ دیگری بدون ذخیره پایان می‌دهد.</translation>
    </message>
    <message>
        <source>Lines in {file}: {number}. The last hash: {head}</source>
        <translation>شمار سطرها در {file}: {number}. آخرین هش: {head}</translation>
    </message>
    <message>
        <source>Lines: {number}, each as it was written. The last hash: {head}</source>
        <translation>شمار سطرها: {number}، هر یک همان‌گونه که نوشته شده است. آخرین هش: {head}</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>بیشترین انتظار</translation>
    </message>
    <message>
        <source>No alert fired in that time.</source>
        <translation>در آن مدت هشداری نبود.</translation>
    </message>
    <message>
        <source>No call is kept of {name} yet. Open its board, or import its log.</source>
        <translation>هنوز هیچ تماسی از {name} نگه داشته نشده است. تابلوی آن را باز کنید یا گزارش آن را وارد کنید.</translation>
    </message>
    <message>
        <source>No call of a queue {name} is kept of {connection}; there are: {names}.</source>
        <translation>از صف {name} در {connection} تماسی نگه داشته نشده است؛ صف‌های موجود: {names}.</translation>
    </message>
    <message>
        <source>No call of a queue {queue} is kept of {name}; there are: {queues}.</source>
        <translation>از صف {queue} در {name} تماسی نگه داشته نشده است؛ صف‌های موجود: {queues}.</translation>
    </message>
    <message>
        <source>No call of an agent {name} is kept of {connection}; there are: {names}.</source>
        <translation>از کارشناس {name} در {connection} تماسی نگه داشته نشده است؛ کارشناسان موجود: {names}.</translation>
    </message>
    <message>
        <source>No connection is called {name}, so its calls are kept without one.</source>
        <translation>اتصالی به نام {name} نیست؛ پس تماس‌هایش بدون اتصال نگه داشته می‌شود.</translation>
    </message>
    <message>
        <source>No connection is called {name}; there are: {names}. Make one with `wallboard connect`.</source>
        <translation>اتصالی به نام {name} نیست؛ اتصال‌های موجود: {names}. با فرمان `wallboard connect` یکی بسازید.</translation>
    </message>
    <message>
        <source>No font on this machine has Persian letters, so boxes may be seen in their place. Install one; on Debian and Ubuntu: apt install fonts-noto-core</source>
        <translation>هیچ قلمی در این رایانه حروف فارسی ندارد و شاید به‌جای آن‌ها مربع دیده شود. یک قلم نصب کنید؛ در دبیان و اوبونتو: apt install fonts-noto-core</translation>
    </message>
    <message>
        <source>No kiosk has run on this machine.</source>
        <translation>روی این رایانه تابلویی روی تلویزیون اجرا نشده است.</translation>
    </message>
    <message>
        <source>No report is saved as {name}; there are: {names}.</source>
        <translation>گزارشی با نام {name} ذخیره نشده است؛ گزارش‌های موجود: {names}.</translation>
    </message>
    <message>
        <source>No such shift has begun; the shifts are: {names}.</source>
        <translation>چنین شیفتی آغاز نشده است؛ شیفت‌ها: {names}.</translation>
    </message>
    <message>
        <source>No token that holds is called {name}; see them with `wallboard token list`.</source>
        <translation>توکن معتبری به نام {name} نیست؛ آن‌ها را با `wallboard token list` ببینید.</translation>
    </message>
    <message>
        <source>No way out of alerts is saved. Make one with `wallboard way add`, of one of these kinds: {keys}.</source>
        <translation>هیچ مسیر ارسال هشداری ذخیره نشده است. با `wallboard way add` یکی از این نوع‌ها بسازید: {keys}.</translation>
    </message>
    <message>
        <source>Nobody can sign in yet. Make the first token, for a screen: wallboard token create --name NAME --role tv</source>
        <translation>هنوز کسی نمی‌تواند وارد شود. نخستین توکن را برای یک نمایشگر بسازید: wallboard token create --name NAME --role tv</translation>
    </message>
    <message>
        <source>Nobody is asked for newer releases. If you want that, write the address of a document into {file}, as in releases = {example}</source>
        <translation>دربارهٔ نسخهٔ تازه‌تر از هیچ‌جا پرسیده نمی‌شود. اگر می‌خواهید پرسیده شود، نشانی یک سند را در {file} بنویسید، مانند releases = {example}</translation>
    </message>
    <message>
        <source>Nothing can be dialled as {phone}; write it as in PJSIP/9001.</source>
        <translation>{phone} را نمی‌توان شماره‌گیری کرد؛ مانند PJSIP/9001 بنویسید.</translation>
    </message>
    <message>
        <source>Nothing can be stored now: walls go on, and what happens is stored later.</source>
        <translation>اکنون چیزی را نمی‌توان ذخیره کرد: تابلوها ادامه می‌دهند و رویدادها بعداً ذخیره می‌شوند.</translation>
    </message>
    <message>
        <source>Nothing can listen at {host} port {port} ({reason}). Choose one of this machine&apos;s addresses with --host.</source>
        <translation>نمی‌توان در {host} به درگاه {port} گوش داد ({reason}). با --host یکی از نشانی‌های همین رایانه را برگزینید.</translation>
    </message>
    <message>
        <source>Nothing is connected yet. Make a connection with `wallboard connect`, or see one with `wallboard demo`.</source>
        <translation>هنوز چیزی متصل نشده است. با فرمان `wallboard connect` اتصال بسازید، یا با `wallboard demo` نمونه‌ای ببینید.</translation>
    </message>
    <message>
        <source>Nothing is kept of the calls of {name} yet.</source>
        <translation>هنوز از تماس‌های {name} چیزی نگه داشته نشده است.</translation>
    </message>
    <message>
        <source>Nothing is measured as {name}; there are: {names}.</source>
        <translation>سنجشی به نام {name} نیست؛ این‌ها هست: {names}.</translation>
    </message>
    <message>
        <source>Nothing of the kind is in this journal.</source>
        <translation>چنین چیزی در این دفتر ثبت نیست.</translation>
    </message>
    <message>
        <source>Nothing was changed. Put that right first.</source>
        <translation>چیزی تغییر نکرد. نخست آن را درست کنید.</translation>
    </message>
    <message>
        <source>Nothing was saved.</source>
        <translation>چیزی ذخیره نشد.</translation>
    </message>
    <message>
        <source>Nothing was written in this journal yet.</source>
        <translation>هنوز چیزی در این دفتر ثبت نوشته نشده است.</translation>
    </message>
    <message>
        <source>Of the time before {time} only sums are kept, and they do not tell of single agents. Choose a later time, or the report `agent`.</source>
        <translation>از زمان پیش از {time} فقط جمع‌ها نگه داشته شده است و از تک‌تک کارشناسان چیزی نمی‌گویند. زمان دیرتری انتخاب کنید یا گزارش `agent` را.</translation>
    </message>
    <message>
        <source>Of {taken} calls, {unwatched} were taken while nobody saw how long agents worked; ask for {key} of a time that was watched.</source>
        <translation>از {taken} تماس، {unwatched} تماس در زمانی پاسخ داده شده که کسی ساعت کار کارشناسان را ندیده است؛ {key} را برای بازه‌ای بپرسید که دیده شده باشد.</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>ورودی به صف</translation>
    </message>
    <message>
        <source>On {time} it was found that lines had been taken off the journal, from line {line} on. What was written since then is as it was written.</source>
        <translation>در {time} معلوم شد که سطرهایی از سطر {line} به بعد از دفتر ثبت برداشته شده است. آنچه پس از آن نوشته شده همان است که نوشته شده بود.</translation>
    </message>
    <message>
        <source>Packages do not hold what measures the program. To measure it, set it up from a copy of its repository, as its README tells.</source>
        <translation>بسته‌ها آنچه برنامه را اندازه می‌گیرد در خود ندارند. برای اندازه‌گیری، برنامه را همان‌گونه که README می‌گوید از مخزن آن راه بیندازید.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Say which connection the TV is to show, as in: wallboard kiosk NAME; or `wallboard kiosk demo`.</source>
        <translation>بگویید تلویزیون کدام اتصال را نشان دهد، مانند: wallboard kiosk NAME؛ یا `wallboard kiosk demo`.</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>سطح سرویس</translation>
    </message>
    <message>
        <source>Shows a call center as it is this second.</source>
        <translation>مرکز تماس را همین‌طور که در این لحظه هست نشان می‌دهد.</translation>
    </message>
    <message>
        <source>So the password cannot be kept, and nothing was saved. Add --keep-secret file to keep it in a file that you alone can read, or --keep-secret ask to be asked for it at each start.</source>
        <translation>پس گذرواژه را نمی‌توان نگه داشت و چیزی ذخیره نشد. ‎--keep-secret file را بیفزایید تا در پرونده‌ای که فقط شما می‌توانید بخوانید نگه داشته شود، یا ‎--keep-secret ask را تا در هر شروع پرسیده شود.</translation>
    </message>
    <message>
        <source>So the password cannot be kept, and nothing was saved. Add --keep-secret file to keep it in a file that you alone can read.</source>
        <translation>پس گذرواژه را نمی‌توان نگه داشت و چیزی ذخیره نشد. ‎--keep-secret file را بیفزایید تا در پرونده‌ای که فقط شما می‌توانید بخوانید نگه داشته شود.</translation>
    </message>
    <message>
        <source>So the password of {name} is not known. Give it on standard input with --secret-stdin, or make the connection again with `wallboard connect`.</source>
        <translation>پس گذرواژهٔ {name} معلوم نیست. آن را با ‎--secret-stdin از ورودی استاندارد بدهید، یا با فرمان `wallboard connect` اتصال را از نو بسازید.</translation>
    </message>
    <message>
        <source>Such a token would have expired already.</source>
        <translation>چنین توکنی از هم‌اکنون منقضی است.</translation>
    </message>
    <message>
        <source>Tell with --profile of which connection; there are: {names}.</source>
        <translation>با ‎--profile بگویید کدام اتصال؛ اتصال‌های موجود: {names}.</translation>
    </message>
    <message>
        <source>Tell with --send by which way out by mail; there are: {names}. Make one with `wallboard way add mail`.</source>
        <translation>با ‎--send بگویید با کدام مسیر ارسال ایمیل؛ مسیرهای موجود: {names}. با `wallboard way add mail` یکی بسازید.</translation>
    </message>
    <message>
        <source>That cannot be written ({reason}).</source>
        <translation>نوشتن آن ممکن نیست ({reason}).</translation>
    </message>
    <message>
        <source>The address of {name} is another one than when its password was told, so the password is not told there. Make the connection again with `wallboard connect`, or give the password on standard input with --secret-stdin.</source>
        <translation>نشانی {name} دیگر همانی نیست که گذرواژه برای آن گفته شد؛ پس گذرواژه به آنجا گفته نمی‌شود. اتصال را با `wallboard connect` دوباره بسازید، یا گذرواژه را با ‎--secret-stdin از ورودی استاندارد بدهید.</translation>
    </message>
    <message>
        <source>The command cannot be understood ({reason}). See: {help}</source>
        <translation>فرمان مفهوم نیست ({reason}). ببینید: {help}</translation>
    </message>
    <message>
        <source>The field {field} cannot be {value}; possible: {possible}.</source>
        <translation>مقدار {value} برای فیلد {field} پذیرفته نیست؛ مقدارهای ممکن: {possible}.</translation>
    </message>
    <message>
        <source>The file {file} cannot be read ({reason}).</source>
        <translation>پروندهٔ {file} خوانده نمی‌شود ({reason}).</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used ({reason}).</source>
        <translation>از پوشهٔ {folder} نمی‌توان استفاده کرد ({reason}).</translation>
    </message>
    <message>
        <source>The journal of commands cannot be used ({reason}), so the report is not made.</source>
        <translation>از دفتر ثبت فرمان‌ها نمی‌توان استفاده کرد ({reason})؛ به همین دلیل گزارش ساخته نمی‌شود.</translation>
    </message>
    <message>
        <source>The journal of commands is not as it was written, from line {line} on: {reason}. Keep the file journal.jsonl, and find out who could write it; new lines go on behind it.</source>
        <translation>دفتر فرمان‌ها از سطر {line} به بعد همان نیست که نوشته شد: {reason}. فایل journal.jsonl را نگه دارید و ببینید چه کسی می‌توانسته در آن بنویسد؛ سطرهای تازه پس از آن می‌آیند.</translation>
    </message>
    <message>
        <source>The journal {file} cannot be used ({reason}).</source>
        <translation>از دفتر ثبت {file} نمی‌توان استفاده کرد ({reason}).</translation>
    </message>
    <message>
        <source>The journal {file} is not as it was written, from line {line} on: {reason}. Keep it, and find out who could write it.</source>
        <translation>دفتر ثبت {file} از سطر {line} به بعد همان نیست که نوشته شده است: {reason}. آن را نگه دارید و ببینید چه کسی توانسته است در آن بنویسد.</translation>
    </message>
    <message>
        <source>The kind of source {key} is installed and cannot be loaded ({reason}). Install its package again, or report it to its author.</source>
        <translation>منبع {key} نصب است ولی بارگذاری نمی‌شود ({reason}). بستهٔ آن را دوباره نصب کنید، یا به سازنده‌اش گزارش دهید.</translation>
    </message>
    <message>
        <source>The kiosk&apos;s files cannot be written to {place} ({reason}).</source>
        <translation>فایل‌های تابلوی تلویزیون را نمی‌توان در {place} نوشت ({reason}).</translation>
    </message>
    <message>
        <source>The password ({missing}) of {name} is missing: give it on standard input with --secret-stdin, or in the environment as {variable}.</source>
        <translation>گذرواژهٔ {name} ({missing}) داده نشده است: آن را با ‎--secret-stdin از ورودی استاندارد، یا در متغیر محیطی {variable} بدهید.</translation>
    </message>
    <message>
        <source>The password of {name} is not where it was kept any more. Make the connection again with `wallboard connect`, or give it on standard input with --secret-stdin.</source>
        <translation>گذرواژهٔ {name} دیگر در جایی که نگه داشته شده بود نیست. با فرمان `wallboard connect` اتصال را از نو بسازید، یا گذرواژه را با ‎--secret-stdin از ورودی استاندارد بدهید.</translation>
    </message>
    <message>
        <source>The picture cannot be written to {out} ({reason}). Choose another place with --out.</source>
        <translation>تصویر در {out} نوشته نمی‌شود ({reason}). با ‎--out جای دیگری برگزینید.</translation>
    </message>
    <message>
        <source>The picture cannot be written to {out}: there is no such directory. Make it, or choose another place with --out.</source>
        <translation>تصویر در {out} نوشته نمی‌شود: چنین پوشه‌ای نیست. آن را بسازید، یا با ‎--out جای دیگری برگزینید.</translation>
    </message>
    <message>
        <source>The report was taken by {name}.</source>
        <translation>{name} گزارش را تحویل گرفت.</translation>
    </message>
    <message>
        <source>The server of {name} does not tell how its TVs are.</source>
        <translation>سرور {name} نمی‌گوید تلویزیون‌هایش چگونه‌اند.</translation>
    </message>
    <message>
        <source>The time begins at {begin} and ends at {end}: it must end after it begins, and begin in the past. Change --from or --to.</source>
        <translation>بازه از {begin} آغاز و در {end} تمام می‌شود: پایان باید پس از آغاز و آغاز در گذشته باشد. ‎--from‎ یا ‎--to‎ را تغییر دهید.</translation>
    </message>
    <message>
        <source>The token of {name} does not hold any more.</source>
        <translation>توکن {name} دیگر معتبر نیست.</translation>
    </message>
    <message>
        <source>The trial was taken by {name}.</source>
        <translation>{name} پیام آزمایشی را دریافت کرد.</translation>
    </message>
    <message>
        <source>There are no rules of your own; the program&apos;s {number} hold.</source>
        <translation>قاعده‌ای از خودتان ندارید؛ {number} قاعدهٔ برنامه برقرار است.</translation>
    </message>
    <message>
        <source>There is a token of the name {name} already. Choose another name, or revoke that one: wallboard token revoke</source>
        <translation>توکنی به نام {name} از پیش هست. نام دیگری برگزینید یا آن را باطل کنید: wallboard token revoke</translation>
    </message>
    <message>
        <source>There is no KPI called {key}; there are:</source>
        <translation>شاخصی به نام {key} نیست؛ شاخص‌های موجود:</translation>
    </message>
    <message>
        <source>There is no file at {path}.</source>
        <translation>پرونده‌ای در {path} نیست.</translation>
    </message>
    <message>
        <source>There is no form {form}; there are: {forms}.</source>
        <translation>قالب {form} وجود ندارد؛ قالب‌های موجود: {forms}.</translation>
    </message>
    <message>
        <source>There is no kind of system called {key}; there are: {keys}.</source>
        <translation>سامانه‌ای از نوع {key} شناخته نیست؛ نوع‌های موجود: {keys}.</translation>
    </message>
    <message>
        <source>There is no kind of way out called {key}; there are: {keys}.</source>
        <translation>نوع مسیر ارسالی به نام {key} نداریم؛ این‌ها هست: {keys}.</translation>
    </message>
    <message>
        <source>There is no newer release.</source>
        <translation>نسخهٔ تازه‌تری نیست.</translation>
    </message>
    <message>
        <source>There is no screen to open a window on ({where}). Start it in a desktop session, or use `wallboard shot` or `wallboard board`, which need none.</source>
        <translation>صفحه‌نمایشی برای باز کردن پنجره نیست ({where}). برنامه را در نشست میز کار اجرا کنید، یا `wallboard shot` یا `wallboard board` را به کار ببرید که به صفحه‌نمایش نیاز ندارند.</translation>
    </message>
    <message>
        <source>There is no token yet. Make one with: wallboard token create --name NAME --role tv</source>
        <translation>هنوز توکنی نیست. یکی بسازید: wallboard token create --name NAME --role tv</translation>
    </message>
    <message>
        <source>There is no way out called {name}; there are: {names}.</source>
        <translation>مسیر ارسالی به نام {name} نداریم؛ این‌ها هست: {names}.</translation>
    </message>
    <message>
        <source>This is over:</source>
        <translation>پایان‌یافته:</translation>
    </message>
    <message>
        <source>This is the token of {name}. It is shown only now: put it where the wall asks for it. If it is lost, revoke it and make another one.</source>
        <translation>این توکن {name} است و فقط همین یک بار نشان داده می‌شود: آن را جایی که تابلو می‌خواهد وارد کنید. اگر گم شد، آن را باطل کنید و توکن دیگری بسازید.</translation>
    </message>
    <message>
        <source>This kiosk runs already: {name}. End it there by its PIN, or choose another --board or --screen.</source>
        <translation>این تابلو هم‌اکنون روی تلویزیون اجرا می‌شود: {name}. آن را همان‌جا با رمز ببندید، یا ‎--board یا ‎--screen دیگری برگزینید.</translation>
    </message>
    <message>
        <source>This program asks the call center now; the other ones stand by.</source>
        <translation>اکنون این برنامه از مرکز تماس می‌پرسد؛ بقیه آمادهٔ جانشینی‌اند.</translation>
    </message>
    <message>
        <source>This program asks the call center.</source>
        <translation>این برنامه از مرکز تماس می‌پرسد.</translation>
    </message>
    <message>
        <source>This time has not begun, or it ends before it begins. Choose another one.</source>
        <translation>این بازه هنوز آغاز نشده است یا پیش از آغاز پایان می‌یابد. بازهٔ دیگری انتخاب کنید.</translation>
    </message>
    <message>
        <source>This user may not listen at {host} port {port}. Choose a port above 1023 with --port.</source>
        <translation>این کاربر اجازه ندارد در {host} به درگاه {port} گوش دهد. با --port درگاهی بالاتر از ۱۰۲۳ برگزینید.</translation>
    </message>
    <message>
        <source>To draw, this machine lacks {libraries}. Install them; on Debian and Ubuntu: apt install {packages}</source>
        <translation>این رایانه برای رسم، {libraries} را کم دارد. آن‌ها را نصب کنید؛ در Debian و Ubuntu: apt install {packages}</translation>
    </message>
    <message>
        <source>To serve walls, {name} is missing. Install it with: pip install &apos;wallboard[server]&apos;</source>
        <translation>برای ارائه به تابلوها {name} نصب نیست. آن را نصب کنید: pip install &apos;wallboard[server]&apos;</translation>
    </message>
    <message>
        <source>Version {version} is there.</source>
        <translation>نسخهٔ {version} آماده است.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>در انتظار</translation>
    </message>
    <message>
        <source>What happens is stored again.</source>
        <translation>رویدادها دوباره ذخیره می‌شوند.</translation>
    </message>
    <message>
        <source>Whether there is a newer release is not known: {cause}</source>
        <translation>معلوم نشد نسخهٔ تازه‌تری هست یا نه: {cause}</translation>
    </message>
    <message>
        <source>Without TLS the tokens of walls cross the network in clear, and whoever hears one may use it. Give --tls-cert and --tls-key, or put a proxy with TLS in front.</source>
        <translation>بدون TLS توکن تابلوها آشکارا از شبکه می‌گذرد و هر که آن را بشنود می‌تواند به کارش ببرد. --tls-cert و --tls-key را بدهید، یا پراکسی‌ای با TLS جلوی آن بگذارید.</translation>
    </message>
    <message>
        <source>a command that is granted beyond the role</source>
        <translation>فرمانی که افزون بر نقش داده می‌شود</translation>
    </message>
    <message>
        <source>a file of rules; else standard input or output</source>
        <translation>پروندهٔ قاعده‌ها؛ وگرنه ورودی یا خروجی استاندارد</translation>
    </message>
    <message>
        <source>a hash of its end that was noted elsewhere</source>
        <translation>هش پایان آن که جای دیگری یادداشت شده است</translation>
    </message>
    <message>
        <source>a journal that is somewhere else</source>
        <translation>دفتر ثبتی که جای دیگری است</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>یک عدد</translation>
    </message>
    <message>
        <source>a saved connection to a real Asterisk, for p19</source>
        <translation>یک اتصال ذخیره‌شده به استریسک واقعی، برای p19</translation>
    </message>
    <message>
        <source>a saved connection, else what the window opens; `demo` is a simulated one</source>
        <translation>یک اتصال ذخیره‌شده، وگرنه همانی که پنجره باز می‌کند؛ `demo` برای مرکز شبیه‌سازی‌شده</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>مدیر سامانه</translation>
    </message>
    <message>
        <source>answer /metrics for Prometheus, without names</source>
        <translation>پاسخ به /metrics برای Prometheus، بدون نام‌ها</translation>
    </message>
    <message>
        <source>as another call was reached</source>
        <translation>چون به تماس دیگری رسید</translation>
    </message>
    <message>
        <source>as in service_level; a wrong one is answered with the list</source>
        <translation>مانند service_level؛ اگر نادرست باشد، فهرست نشان داده می‌شود</translation>
    </message>
    <message>
        <source>as it began too late</source>
        <translation>چون دیر آغاز شد</translation>
    </message>
    <message>
        <source>as the right was withdrawn</source>
        <translation>چون دسترسی گرفته شد</translation>
    </message>
    <message>
        <source>as the window was closed</source>
        <translation>چون پنجره بسته شد</translation>
    </message>
    <message>
        <source>ask a connection once and show it on many walls</source>
        <translation>یک اتصال را یک بار پرسیدن و روی تابلوهای بسیار نشان دادن</translation>
    </message>
    <message>
        <source>ask where the settings say whether there is a newer one</source>
        <translation>از جایی که در تنظیمات آمده پرسیده شود که نسخهٔ تازه‌تری هست یا نه</translation>
    </message>
    <message>
        <source>began; its end is not written</source>
        <translation>آغاز شد؛ پایانش نوشته نشده است</translation>
    </message>
    <message>
        <source>by the time limit</source>
        <translation>به سبب پایان مهلت</translation>
    </message>
    <message>
        <source>by which its owner listens to calls, as in PJSIP/9001</source>
        <translation>تلفنی که دارندهٔ آن با آن شنود می‌کند، مانند PJSIP/9001</translation>
    </message>
    <message>
        <source>callers&apos; numbers whole, if that is allowed; it is noted</source>
        <translation>شمارهٔ تماس‌گیرندگان به‌طور کامل، اگر مجاز باشد؛ در دفتر ثبت می‌شود</translation>
    </message>
    <message>
        <source>calls without a queue</source>
        <translation>تماس‌های بی‌صف</translation>
    </message>
    <message>
        <source>changes of how is measured</source>
        <translation>تغییرهای شیوهٔ سنجش</translation>
    </message>
    <message>
        <source>closed days in files of their own</source>
        <translation>روزهای بسته در پرونده‌های جداگانه</translation>
    </message>
    <message>
        <source>copy it: .jsonl, or .csv for spreadsheets</source>
        <translation>رونوشت: ‎.jsonl، یا ‎.csv برای صفحه‌گسترده</translation>
    </message>
    <message>
        <source>done</source>
        <translation>انجام شد</translation>
    </message>
    <message>
        <source>draw a page as a picture; no screen is needed</source>
        <translation>صفحه‌ای را به شکل تصویر می‌کشد؛ صفحه‌نمایش لازم نیست</translation>
    </message>
    <message>
        <source>end after so many</source>
        <translation>پس از این تعداد پایان می‌یابد</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>منقضی</translation>
    </message>
    <message>
        <source>files, rotated and compressed ones too, in any order</source>
        <translation>پرونده‌ها، چرخش‌یافته و فشرده هم، به هر ترتیب</translation>
    </message>
    <message>
        <source>for how long it holds; else until it is revoked</source>
        <translation>چند روز معتبر باشد؛ وگرنه تا هنگام ابطال</translation>
    </message>
    <message>
        <source>for machines: a JSON object a line</source>
        <translation>برای ماشین: هر سطر یک شیء JSON</translation>
    </message>
    <message>
        <source>from which alerts on it is told</source>
        <translation>از کدام هشدارها به بعد فرستاده شود</translation>
    </message>
    <message>
        <source>go on with what is written, until Ctrl-C</source>
        <translation>با آنچه نوشته می‌شود ادامه می‌دهد، تا Ctrl-C</translation>
    </message>
    <message>
        <source>have it started at log-in from now on or no more</source>
        <translation>از این پس هنگام ورود به سیستم آغاز شود، یا دیگر نشود</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>معتبر</translation>
    </message>
    <message>
        <source>how long its intervals are, in minutes</source>
        <translation>طول بازه‌های آن، به دقیقه</translation>
    </message>
    <message>
        <source>how long no call is open then (10)</source>
        <translation>چه مدت هیچ تماسی باز نباشد (۱۰)</translation>
    </message>
    <message>
        <source>how long to watch before drawing</source>
        <translation>پیش از رسم چه مدت تماشا شود</translation>
    </message>
    <message>
        <source>how long to watch, where a target watches</source>
        <translation>مدت پایش، برای سنجش‌هایی که پایش می‌کنند</translation>
    </message>
    <message>
        <source>how many times faster than real time it runs</source>
        <translation>چند برابر تندتر از زمان واقعی پیش می‌رود</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>خوانده نمی‌شود</translation>
    </message>
    <message>
        <source>it does not fit the lines before it</source>
        <translation>با سطرهای پیش از خود جور نیست</translation>
    </message>
    <message>
        <source>it ends in half a line</source>
        <translation>با نیمی از یک سطر پایان می‌یابد</translation>
    </message>
    <message>
        <source>its key, if it is not in the same file</source>
        <translation>کلید آن، اگر در همان پرونده نیست</translation>
    </message>
    <message>
        <source>keep a board on a TV, for weeks and without anybody</source>
        <translation>تابلو را هفته‌ها و بی‌نیاز به کسی روی تلویزیون نگه می‌دارد</translation>
    </message>
    <message>
        <source>keep what was asked for under this name, too</source>
        <translation>آنچه خواسته شد با این نام ذخیره هم شود</translation>
    </message>
    <message>
        <source>lasted {time}</source>
        <translation>{time} طول کشید</translation>
    </message>
    <message>
        <source>let a token hold no more</source>
        <translation>باطل کردن توکن</translation>
    </message>
    <message>
        <source>lines were taken off the end</source>
        <translation>سطرهایی از پایان آن برداشته شده است</translation>
    </message>
    <message>
        <source>list the calls behind it, too</source>
        <translation>تماس‌های پشت آن را هم فهرست کن</translation>
    </message>
    <message>
        <source>list the commands that were given</source>
        <translation>فهرست فرمان‌هایی که داده شده‌اند</translation>
    </message>
    <message>
        <source>list the kinds of systems and the connections</source>
        <translation>نوع‌های سامانه و اتصال‌ها را فهرست می‌کند</translation>
    </message>
    <message>
        <source>list the tokens</source>
        <translation>فهرست توکن‌ها</translation>
    </message>
    <message>
        <source>list the ways out of alerts</source>
        <translation>فهرست مسیرهای ارسال هشدار</translation>
    </message>
    <message>
        <source>look after what is kept of a connection&apos;s calls</source>
        <translation>رسیدگی به آنچه از تماس‌های یک اتصال نگه داشته شده است</translation>
    </message>
    <message>
        <source>look closely at a connection and say what is wrong</source>
        <translation>اتصالی را به‌دقت وارسی می‌کند و می‌گوید چه ایرادی دارد</translation>
    </message>
    <message>
        <source>make a token; it is shown once</source>
        <translation>ساختن توکن؛ یک بار نشان داده می‌شود</translation>
    </message>
    <message>
        <source>manager</source>
        <translation>مدیر</translation>
    </message>
    <message>
        <source>measure the program against the usual way</source>
        <translation>برنامه را با روش معمول می‌سنجد</translation>
    </message>
    <message>
        <source>next try at {time}</source>
        <translation>تلاش بعدی ساعت {time}</translation>
    </message>
    <message>
        <source>no answer is written</source>
        <translation>پاسخی نوشته نشده است</translation>
    </message>
    <message>
        <source>nobody knows what came of it</source>
        <translation>نتیجه‌اش معلوم نیست</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>مجاز نبود</translation>
    </message>
    <message>
        <source>not passed on</source>
        <translation>فرستاده نشد</translation>
    </message>
    <message>
        <source>of a saved report: report saved --name NAME</source>
        <translation>نام گزارش ذخیره‌شده: ‏report saved --name NAME</translation>
    </message>
    <message>
        <source>of so many days (1)</source>
        <translation>از این شمار روز (۱)</translation>
    </message>
    <message>
        <source>of the TV; a board may say another</source>
        <translation>زبان تلویزیون؛ خود تابلو می‌تواند زبان دیگری بگوید</translation>
    </message>
    <message>
        <source>once for each; `wallboard sources` lists them</source>
        <translation>برای هر فیلد یک بار؛ `wallboard sources` آن‌ها را فهرست می‌کند</translation>
    </message>
    <message>
        <source>once for each; a wrong one is answered with all</source>
        <translation>برای هر فیلد یک بار؛ اگر نادرست باشد همهٔ فیلدها گفته می‌شود</translation>
    </message>
    <message>
        <source>only queues of these groups, with commas between</source>
        <translation>فقط صف‌های این گروه‌ها، با ویرگول میان آن‌ها</translation>
    </message>
    <message>
        <source>only tell what is in a queue-log; keep nothing</source>
        <translation>فقط می‌گوید در queue-log چیست؛ چیزی نگه نمی‌دارد</translation>
    </message>
    <message>
        <source>only these agents, with commas between</source>
        <translation>فقط این کارشناسان، با ویرگول میان آن‌ها</translation>
    </message>
    <message>
        <source>only these queues, with commas between</source>
        <translation>فقط این صف‌ها، با ویرگول میان آن‌ها</translation>
    </message>
    <message>
        <source>only this agent; may be given several times</source>
        <translation>فقط این کارشناس؛ چند بار هم می‌توان داد</translation>
    </message>
    <message>
        <source>only this queue; may be given several times</source>
        <translation>فقط این صف؛ می‌توان چند بار داد</translation>
    </message>
    <message>
        <source>only what was done to this agent</source>
        <translation>فقط آنچه با این کارشناس شده است</translation>
    </message>
    <message>
        <source>queue calls</source>
        <translation>تماس‌های صف</translation>
    </message>
    <message>
        <source>read a system&apos;s logs into a connection&apos;s history</source>
        <translation>لاگ‌های سامانه را به تاریخچهٔ یک اتصال وارد می‌کند</translation>
    </message>
    <message>
        <source>read the password from standard input</source>
        <translation>گذرواژه را از ورودی استاندارد می‌خواند</translation>
    </message>
    <message>
        <source>readings by the minute</source>
        <translation>خوانده‌های دقیقه‌ای</translation>
    </message>
    <message>
        <source>refused by the system</source>
        <translation>سامانه نپذیرفت</translation>
    </message>
    <message>
        <source>remove a way out of alerts and its password</source>
        <translation>یک مسیر ارسال هشدار و گذرواژه‌اش را حذف کن</translation>
    </message>
    <message>
        <source>revoked {day}</source>
        <translation>باطل‌شده در {day}</translation>
    </message>
    <message>
        <source>save a way out of alerts: mail, webhook or service</source>
        <translation>یک مسیر ارسال هشدار را ذخیره کن: ایمیل، وب‌هوک یا سرویس</translation>
    </message>
    <message>
        <source>say how alerts reach people who do not look</source>
        <translation>بگویید هشدارها چگونه به کسانی برسد که تابلو را نمی‌بینند</translation>
    </message>
    <message>
        <source>say who may look at what is served from here</source>
        <translation>تعیین اینکه چه کسی آنچه را از اینجا ارائه می‌شود ببیند</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>نمایشگر</translation>
    </message>
    <message>
        <source>see whether each line is as it was written</source>
        <translation>بررسی این که هر سطر همان است که نوشته شده</translation>
    </message>
    <message>
        <source>send a trial by a way out of alerts</source>
        <translation>یک پیام آزمایشی از یک مسیر ارسال هشدار بفرست</translation>
    </message>
    <message>
        <source>send the files by this way out, by mail</source>
        <translation>فایل‌ها را با این مسیر ارسال، با ایمیل، بفرستد</translation>
    </message>
    <message>
        <source>shorter runs, for a first look</source>
        <translation>اجراهای کوتاه‌تر، برای نگاه نخست</translation>
    </message>
    <message>
        <source>show a call center that is simulated: nothing is real</source>
        <translation>یک مرکز تماس شبیه‌سازی‌شده را نشان می‌دهد: هیچ چیز واقعی نیست</translation>
    </message>
    <message>
        <source>so many commands at most (50)</source>
        <translation>حداکثر همین تعداد فرمان (۵۰)</translation>
    </message>
    <message>
        <source>so many shifts, days, weeks or months before it</source>
        <translation>این تعداد شیفت، روز، هفته یا ماه پیش از آن</translation>
    </message>
    <message>
        <source>spells of agents</source>
        <translation>وضعیت‌های کارشناسان</translation>
    </message>
    <message>
        <source>stretches of time that are covered</source>
        <translation>بازه‌های پوشش‌داده‌شده</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>سرپرست</translation>
    </message>
    <message>
        <source>tell a figure of a connection&apos;s history and where it comes from</source>
        <translation>رقمی از تاریخچهٔ یک اتصال را بگو و این که از کجا آمده است</translation>
    </message>
    <message>
        <source>tell agents&apos; names, too</source>
        <translation>نام کارشناسان هم فرستاده شود</translation>
    </message>
    <message>
        <source>tell how all TVs are; ends with 1 if one is dark</source>
        <translation>وضع همهٔ تلویزیون‌ها را می‌گوید؛ اگر یکی خاموش باشد با ۱ پایان می‌یابد</translation>
    </message>
    <message>
        <source>tell it only once, when there were calls and all are over</source>
        <translation>فقط یک بار می‌گوید، هنگامی که تماس‌هایی بوده و همه پایان یافته‌اند</translation>
    </message>
    <message>
        <source>tell the board of a connection once a second</source>
        <translation>وضعیت یک اتصال را هر ثانیه می‌گوید</translation>
    </message>
    <message>
        <source>tell the version</source>
        <translation>نسخه را می‌گوید</translation>
    </message>
    <message>
        <source>tell what became of a connection&apos;s alerts</source>
        <translation>بگو هشدارهای یک اتصال به کجا رسید</translation>
    </message>
    <message>
        <source>tell which alerts fired, who took them, how long</source>
        <translation>می‌گوید چه هشدارهایی آمد، چه کسی برداشت و چقدر طول کشید</translation>
    </message>
    <message>
        <source>tell who did what to calls and agents</source>
        <translation>چه کسی با تماس‌ها و کارشناسان چه کرده است</translation>
    </message>
    <message>
        <source>tell, check, take out or bring in rules of alerts</source>
        <translation>قاعده‌های هشدار را می‌گوید، وارسی می‌کند، بیرون می‌برد یا وارد می‌کند</translation>
    </message>
    <message>
        <source>text on one line</source>
        <translation>متن در یک سطر</translation>
    </message>
    <message>
        <source>the address to listen at (127.0.0.1); 0.0.0.0 is all of them</source>
        <translation>نشانی‌ای که به آن گوش داده می‌شود (127.0.0.1)؛ 0.0.0.0 یعنی همه</translation>
    </message>
    <message>
        <source>the board&apos;s file, or its name; for several screens with commas between</source>
        <translation>فایل تابلو یا نام آن؛ برای چند نمایشگر، با ویرگول جدا شود</translation>
    </message>
    <message>
        <source>the connection that the window opens</source>
        <translation>اتصالی که پنجره باز می‌کند</translation>
    </message>
    <message>
        <source>the connection whose history it is</source>
        <translation>اتصالی که تاریخچه از آن اوست</translation>
    </message>
    <message>
        <source>the file of its key, if it is not beside it</source>
        <translation>فایل کلید آن، اگر کنارش نیست</translation>
    </message>
    <message>
        <source>the folder that the files go to</source>
        <translation>پوشه‌ای که فایل‌ها در آن نوشته می‌شوند</translation>
    </message>
    <message>
        <source>the journal of what is served from here</source>
        <translation>دفتر ثبت آنچه از اینجا سرویس می‌گیرد</translation>
    </message>
    <message>
        <source>the language</source>
        <translation>زبان</translation>
    </message>
    <message>
        <source>the last shift that has begun, of this name if told</source>
        <translation>آخرین شیفتی که آغاز شده است؛ اگر نام داده شود، با همان نام</translation>
    </message>
    <message>
        <source>the port (8480); 0 is any that is free</source>
        <translation>درگاه (8480)؛ 0 یعنی هر درگاه آزاد</translation>
    </message>
    <message>
        <source>the same number makes the same day</source>
        <translation>همان عدد همان روز را می‌سازد</translation>
    </message>
    <message>
        <source>the same; the time ends before it</source>
        <translation>به همان شکل؛ بازه پیش از آن تمام می‌شود</translation>
    </message>
    <message>
        <source>the screen&apos;s name, or its number from 1; several with commas between</source>
        <translation>نام نمایشگر یا شمارهٔ آن از ۱؛ چند نمایشگر با ویرگول جدا شود</translation>
    </message>
    <message>
        <source>the server&apos;s certificate, as a PEM file</source>
        <translation>گواهی سرور، پروندهٔ PEM</translation>
    </message>
    <message>
        <source>this, last, 2026-11 or 1405-08</source>
        <translation>this (این ماه)، last (ماه پیش)، ‏2026-11 یا 1405-08</translation>
    </message>
    <message>
        <source>this, last, or the week of that day</source>
        <translation>this (این هفته)، last (هفتهٔ پیش) یا هفتهٔ آن روز</translation>
    </message>
    <message>
        <source>to change over</source>
        <translation>برای تغییر حالت</translation>
    </message>
    <message>
        <source>today, yesterday, 2026-11-22 or 1405-09-01</source>
        <translation>today (امروز)، yesterday (دیروز)، ‏2026-11-22 یا 1405-09-01</translation>
    </message>
    <message>
        <source>try a connection to a system, and save it</source>
        <translation>اتصال به یک سامانه را می‌آزماید و ذخیره می‌کند</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>تا {day}</translation>
    </message>
    <message>
        <source>what happens in it; a wrong one is answered with the list</source>
        <translation>چه چیزی در آن رخ می‌دهد؛ نام نادرست با فهرست پاسخ داده می‌شود</translation>
    </message>
    <message>
        <source>what the site&apos;s phones are called, to tell a cdr&apos;s directions</source>
        <translation>نام تلفن‌های مرکز، برای تشخیص جهت تماس‌های cdr</translation>
    </message>
    <message>
        <source>what you want to call the connection</source>
        <translation>نامی که می‌خواهید به اتصال بدهید</translation>
    </message>
    <message>
        <source>what you want to call the way out</source>
        <translation>نامی که می‌خواهید به این مسیر بدهید</translation>
    </message>
    <message>
        <source>where the password goes: the system&apos;s keyring, a file that you alone can read, or nowhere</source>
        <translation>گذرواژه کجا نگه داشته شود: دسته‌کلید سیستم، پرونده‌ای که فقط شما می‌توانید بخوانید، یا هیچ‌جا</translation>
    </message>
    <message>
        <source>where the password goes: the system&apos;s keyring, or a file that you alone can read</source>
        <translation>جای گذرواژه: دسته‌کلید سیستم، یا پرونده‌ای که فقط خودتان می‌توانید بخوانید</translation>
    </message>
    <message>
        <source>which agent a name in a queue-log means</source>
        <translation>نامی در queue-log کدام کارشناس است</translation>
    </message>
    <message>
        <source>which way calls of a cdr&apos;s context go</source>
        <translation>تماس‌های یک context در cdr به کدام جهت می‌رود</translation>
    </message>
    <message>
        <source>whose it is</source>
        <translation>از آنِ کیست</translation>
    </message>
    <message>
        <source>with the agent&apos;s next call</source>
        <translation>با تماس بعدی کارشناس</translation>
    </message>
    <message>
        <source>within how many days a call is a repeat (7)</source>
        <translation>تماس تا چند روز، تماس مجدد به شمار می‌آید (7)</translation>
    </message>
    <message>
        <source>write a report of a shift, a day, a month or any time</source>
        <translation>گزارش یک شیفت، روز، ماه یا هر بازهٔ دیگر را می‌نویسد</translation>
    </message>
    <message>
        <source>xlsx, pdf, csv, html, json, with commas between (xlsx,pdf)</source>
        <translation>xlsx، ‏pdf، ‏csv، ‏html، ‏json، با ویرگول میان آن‌ها (xlsx,pdf)</translation>
    </message>
    <message>
        <source>{calls} calls became sums; {before} MB are {now} MB now.</source>
        <translation>{calls} تماس به جمع تبدیل شد؛ {before} مگابایت اکنون {now} مگابایت است.</translation>
    </message>
    <message>
        <source>{certificate} is no certificate with a key that fits it ({reason}). Give a PEM file with the certificate and those that lead to a root, and one with its key, without a password.</source>
        <translation>{certificate} گواهی‌ای با کلید متناسب با آن نیست ({reason}). یک پروندهٔ PEM با گواهی و گواهی‌های میانی تا ریشه بدهید و پرونده‌ای با کلید آن، بدون گذرواژه.</translation>
    </message>
    <message>
        <source>{connection} has no group of queues {name}; there are: {names}.</source>
        <translation>{connection} گروه صف {name} ندارد؛ گروه‌های موجود: {names}.</translation>
    </message>
    <message>
        <source>{count} facts are from a time of which only sums are kept; they are left out.</source>
        <translation>{count} مورد از زمانی است که فقط جمع آن نگه داشته می‌شود؛ کنار گذاشته شد.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {reason}.</source>
        <translation>{file} قابل استفاده نیست: {reason}.</translation>
    </message>
    <message>
        <source>{file}, line {line} cannot be read: {text}</source>
        <translation>{file}، سطر {line} خوانده نمی‌شود: {text}</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason}).</source>
        <translation>در {folder} نمی‌توان نوشت ({reason}).</translation>
    </message>
    <message>
        <source>{key} is true only at this moment; the board tells it: wallboard board {name}</source>
        <translation>{key} فقط برای همین لحظه درست است؛ تابلو آن را می‌گوید: wallboard board {name}</translation>
    </message>
    <message>
        <source>{kind} also needs: {missing}. Give it as --field KEY=VALUE; its fields are: {fields}.</source>
        <translation>{kind} این را هم لازم دارد: {missing}. آن را به شکل ‎--field KEY=VALUE بدهید؛ فیلدهای آن: {fields}.</translation>
    </message>
    <message>
        <source>{kind} has no field {field}; its fields are: {fields}.</source>
        <translation>{kind} فیلدی به نام {field} ندارد؛ فیلدهای آن: {fields}.</translation>
    </message>
    <message>
        <source>{name} (muted)</source>
        <translation>{name} (بی‌صدا)</translation>
    </message>
    <message>
        <source>{name} has no connection: its calls were imported. Give it one with `wallboard connect KIND --name`, or import more with `wallboard import`.</source>
        <translation>{name} اتصال ندارد: تماس‌هایش وارد شده است. با `wallboard connect KIND --name` به آن اتصال بدهید، یا با `wallboard import` باز هم وارد کنید.</translation>
    </message>
    <message>
        <source>{name} is connected and saved. Queues: {queues}, agents: {agents}.</source>
        <translation>{name} متصل و ذخیره شد. صف‌ها: {queues}، کارشناسان: {agents}.</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name} حذف شد.</translation>
    </message>
    <message>
        <source>{name} is saved. Try it with: wallboard alert-test {name}</source>
        <translation>{name} ذخیره شد. آزمایش کنید با: wallboard alert-test {name}</translation>
    </message>
    <message>
        <source>{name} is served at {address}</source>
        <translation>{name} در این نشانی ارائه می‌شود: {address}</translation>
    </message>
    <message>
        <source>{name} is too much like the connection {other}; choose another name.</source>
        <translation>{name} بیش از حد به اتصال {other} شبیه است؛ نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{name} is too much like the connection {other}; which is meant?</source>
        <translation>{name} بیش از حد به اتصال {other} شبیه است؛ کدام منظور است؟</translation>
    </message>
    <message>
        <source>{name}: {kind}, {connection}, {forms}</source>
        <translation>{name}: {kind}، {connection}، {forms}</translation>
    </message>
    <message>
        <source>{name}: {kind}, {where}</source>
        <translation>{name}: {kind}، {where}</translation>
    </message>
    <message>
        <source>{number} rules of your own can be used.</source>
        <translation>{number} قاعدهٔ شما قابل استفاده است.</translation>
    </message>
    <message>
        <source>{path} cannot be read to its end ({reason}).</source>
        <translation>{path} تا انتها خوانده نمی‌شود ({reason}).</translation>
    </message>
    <message>
        <source>{place}: {size} MB, layout {schema}, {engine}</source>
        <translation>{place}: {size} مگابایت، ساختار {schema}، {engine}</translation>
    </message>
    <message>
        <source>{profile}: {new} new, {improved} improved, {known} known; {lines} lines, {bad} bad.</source>
        <translation>{profile}: {new} تازه، {improved} کامل‌شده، {known} از پیش دانسته؛ {lines} سطر، {bad} سطر خراب.</translation>
    </message>
    <message>
        <source>{queue}: {entered} offered, {answered} answered, {abandoned} abandoned, {left} left otherwise</source>
        <translation>{queue}: {entered} ورودی، {answered} پاسخ‌داده‌شده، {abandoned} رهاشده، {left} خروج به دلیل دیگر</translation>
    </message>
    <message>
        <source>{rows} rows were read, and all are what was kept.</source>
        <translation>{rows} ردیف خوانده شد و همه همان است که نگه داشته شده بود.</translation>
    </message>
    <message>
        <source>{rows} rows were read, and {damaged} are damaged. They are left out of all figures; import the logs of that time again.</source>
        <translation>{rows} ردیف خوانده شد و {damaged} ردیف آسیب دیده است. این‌ها در هیچ رقمی نمی‌آیند؛ لاگ‌های آن زمان را دوباره وارد کنید.</translation>
    </message>
    <message>
        <source>{share}  {rate} MB/s, {left} left</source>
        <translation>{share}  {rate} مگابایت بر ثانیه، {left} مانده</translation>
    </message>
    <message>
        <source>{text} is no number from {least} to {most}; give such one</source>
        <translation>{text} عددی از {least} تا {most} نیست؛ چنین عددی بدهید</translation>
    </message>
    <message>
        <source>{text} is no time; give a day, a time of today, or both: 2026-11-22, 08:00, 2026-11-22T08:00 or 1405-09-01.</source>
        <translation>{text} زمان نیست؛ روز، ساعتی از امروز یا هر دو را بدهید: 2026-11-22، ‏08:00، ‏2026-11-22T08:00 یا 1405-09-01.</translation>
    </message>
    <message>
        <source>{time} {way}: {state}, {alert}</source>
        <translation>{time} {way}: {state}، {alert}</translation>
    </message>
</context>
<context>
    <name>Connect</name>
    <message>
        <source>Ask the system once more</source>
        <translation>پرسیدن دوباره از سامانه</translation>
    </message>
    <message>
        <source>Asking the system …</source>
        <translation>در حال پرسیدن از سامانه …</translation>
    </message>
    <message>
        <source>Asks the system once, and shows what the file makes of it.</source>
        <translation>یک بار از سامانه می‌پرسد و نشان می‌دهد پرونده از پاسخ چه می‌سازد.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>انصراف</translation>
    </message>
    <message>
        <source>Choose where the password is kept.</source>
        <translation>جای نگهداری گذرواژه را برگزینید.</translation>
    </message>
    <message>
        <source>Connect my system</source>
        <translation>اتصال به سامانهٔ من</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>در حال اتصال …</translation>
    </message>
    <message>
        <source>In a file that only I can read</source>
        <translation>در پرونده‌ای که فقط من می‌توانم بخوانم</translation>
    </message>
    <message>
        <source>In the keyring of this computer</source>
        <translation>در دسته‌کلید این رایانه</translation>
    </message>
    <message>
        <source>It works. Saving …</source>
        <translation>اتصال برقرار است. در حال ذخیره …</translation>
    </message>
    <message>
        <source>Keep the password</source>
        <translation>نگهداری گذرواژه</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>نام اتصال</translation>
    </message>
    <message>
        <source>Nothing was saved.</source>
        <translation>چیزی ذخیره نشد.</translation>
    </message>
    <message>
        <source>Nowhere: ask me at each start</source>
        <translation>هیچ‌جا: در هر شروع از من پرسیده شود</translation>
    </message>
    <message>
        <source>Save and open</source>
        <translation>ذخیره و باز کردن</translation>
    </message>
    <message>
        <source>System</source>
        <translation>سامانه</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>آزمایش</translation>
    </message>
    <message>
        <source>Testing …</source>
        <translation>در حال آزمایش …</translation>
    </message>
    <message>
        <source>The answers are kept: each change of the file is shown here, and nobody is asked for it.</source>
        <translation>پاسخ‌ها نگه داشته می‌شوند: هر تغییر پرونده همین‌جا نشان داده می‌شود و از کسی پرسیده نمی‌شود.</translation>
    </message>
    <message>
        <source>The test found something that must be put right.</source>
        <translation>آزمایش چیزی یافت که باید درست شود.</translation>
    </message>
    <message>
        <source>The test went well.</source>
        <translation>آزمایش موفق بود.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>این مورد لازم است.</translation>
    </message>
    <message>
        <source>Try the mapping</source>
        <translation>آزمودن نگاشت</translation>
    </message>
    <message>
        <source>What the mapping gives</source>
        <translation>آنچه نگاشت می‌دهد</translation>
    </message>
    <message>
        <source>What the test found</source>
        <translation>یافته‌های آزمایش</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>Deliveries of alerts</source>
        <translation>ارسال هشدارها</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>همین حالا بفرست</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>ارسال نشد</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>ارسال شد</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>در انتظار ارسال</translation>
    </message>
    <message>
        <source>{way}: all {count} delivered, the last at {time}</source>
        <translation>{way}: هر {count} ارسال شد، آخرین ساعت {time}</translation>
    </message>
    <message>
        <source>{way}: {count} not delivered. {why}</source>
        <translation>{way}: {count} ارسال نشد. {why}</translation>
    </message>
    <message>
        <source>{way}: {count} on the way</source>
        <translation>{way}: {count} در حال ارسال</translation>
    </message>
    <message>
        <source>{way}: {count} waiting. {why} Next try at {time}.</source>
        <translation>{way}: {count} در انتظار ارسال. {why} تلاش بعدی ساعت {time}.</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>Abandoned</source>
        <translation>رهاشده</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>پاسخ‌داده‌شده</translation>
    </message>
    <message>
        <source>End not seen</source>
        <translation>پایان دیده نشد</translation>
    </message>
    <message>
        <source>Left by key</source>
        <translation>خروج با کلید</translation>
    </message>
    <message>
        <source>Left otherwise</source>
        <translation>خروج به دلیل دیگر</translation>
    </message>
    <message>
        <source>Nobody there</source>
        <translation>صف بدون کارشناس</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>پایان مهلت صف</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>All of this time was watched.</source>
        <translation>همهٔ این بازه دیده شده است.</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>در ساعت</translation>
    </message>
    <message>
        <source>Calls (n)</source>
        <translation>تعداد تماس (n)</translation>
    </message>
    <message>
        <source>Calls behind it</source>
        <translation>تماس‌های پشت آن</translation>
    </message>
    <message>
        <source>Choose queues that are measured alike, or ask for one profile by its name: {profiles}.</source>
        <translation>صف‌هایی را برگزینید که یکسان سنجیده می‌شوند، یا یک تعریف را به نام بپرسید: {profiles}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>بستن</translation>
    </message>
    <message>
        <source>Denominator</source>
        <translation>مخرج</translation>
    </message>
    <message>
        <source>Export as CSV …</source>
        <translation>خروجی CSV …</translation>
    </message>
    <message>
        <source>History</source>
        <translation>تاریخچه</translation>
    </message>
    <message>
        <source>It counts</source>
        <translation>تعریف</translation>
    </message>
    <message>
        <source>It is not known how much of this time was watched.</source>
        <translation>معلوم نیست چه بخشی از این بازه دیده شده است.</translation>
    </message>
    <message>
        <source>Measured as</source>
        <translation>روش سنجش</translation>
    </message>
    <message>
        <source>No call is behind this figure. Choose another time at the top of the board, or wait for the next call.</source>
        <translation>تماسی پشت این رقم نیست. بازهٔ دیگری در بالای تابلو برگزینید یا منتظر تماس بعدی بمانید.</translation>
    </message>
    <message>
        <source>Nobody at this moment.</source>
        <translation>در این لحظه هیچ‌کس.</translation>
    </message>
    <message>
        <source>Numerator</source>
        <translation>صورت</translation>
    </message>
    <message>
        <source>Reading the calls …</source>
        <translation>در حال خواندن تماس‌ها …</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>پوشش</translation>
    </message>
    <message>
        <source>The calls behind it: {number}</source>
        <translation>تماس‌های پشت آن: {number}</translation>
    </message>
    <message>
        <source>The same calls would read</source>
        <translation>همین تماس‌ها با تعریف‌های دیگر</translation>
    </message>
    <message>
        <source>There is nothing to work it out from in this time: a dash, neither 0 nor 100 %. It is left out of all sums.</source>
        <translation>در این بازه چیزی برای محاسبهٔ آن نیست: خط تیره، نه ۰ و نه ۱۰۰٪. در هیچ جمعی به حساب نمی‌آید.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>بازه</translation>
    </message>
    <message>
        <source>Who is behind it</source>
        <translation>چه کسانی پشت آن هستند</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>در {path} نوشته شد.</translation>
    </message>
    <message>
        <source>all queues</source>
        <translation>همهٔ صف‌ها</translation>
    </message>
    <message>
        <source>the target</source>
        <translation>زمان هدف</translation>
    </message>
    <message>
        <source>without {number} hidden queues</source>
        <translation>بدون {number} صف پنهان</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} تا {end}</translation>
    </message>
    <message>
        <source>{number} an hour</source>
        <translation>{number} در ساعت</translation>
    </message>
    <message>
        <source>{number} more</source>
        <translation>{number} مورد دیگر</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} ثانیه</translation>
    </message>
    <message>
        <source>{number}: too few to judge by</source>
        <translation>{number}: برای داوری کم است</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}). Choose another place, or make room there.</source>
        <translation>{path} نوشته نمی‌شود ({reason}). جای دیگری برگزینید یا آنجا جا باز کنید.</translation>
    </message>
    <message>
        <source>{share} of this time was watched; not seen: {gaps}.</source>
        <translation>{share} این بازه دیده شده است؛ دیده‌نشده: {gaps}.</translation>
    </message>
</context>
<context>
    <name>Failed</name>
    <message>
        <source>Copy details</source>
        <translation>رونوشت جزئیات</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>ازنو</translation>
    </message>
    <message>
        <source>Reload panel</source>
        <translation>بارگذاری دوبارهٔ این بخش</translation>
    </message>
    <message>
        <source>This panel failed.</source>
        <translation>این بخش از کار افتاد.</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>A setting of the connection cannot be used.</source>
        <translation>یکی از تنظیمات اتصال قابل استفاده نیست.</translation>
    </message>
    <message>
        <source>Allow it to be written: until then nothing survives the end of the program.</source>
        <translation>اجازهٔ نوشتن بدهید: تا آن زمان با بستن برنامه چیزی نمی‌ماند.</translation>
    </message>
    <message>
        <source>Another program holds the stored calls of this connection.</source>
        <translation>برنامهٔ دیگری تماس‌های ذخیره‌شدهٔ این اتصال را در دست دارد.</translation>
    </message>
    <message>
        <source>Ask it less often, or ask its administrator for more.</source>
        <translation>فاصلهٔ پرسش‌ها را بیشتر کنید، یا از مدیر سرور سهم بیشتری بخواهید.</translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator for a valid certificate, or for the file of the authority that signed it.</source>
        <translation>از مدیر سرور گواهی معتبر، یا پروندهٔ مرجعی را که آن را امضا کرده است بخواهید.</translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator for the missing right.</source>
        <translation>این دسترسی را از مدیر سرور بخواهید.</translation>
    </message>
    <message>
        <source>Calls that could not be stored: {count}.</source>
        <translation>تماس‌هایی که ذخیره نشدند: {count}.</translation>
    </message>
    <message>
        <source>Calls that ended while the connection was down: {count}.</source>
        <translation>تماس‌هایی که هنگام قطع ارتباط پایان یافتند: {count}.</translation>
    </message>
    <message>
        <source>Check how the name is spelled, or enter the server&apos;s IP address.</source>
        <translation>املای نام را بررسی کنید، یا نشانی IP سرور را وارد کنید.</translation>
    </message>
    <message>
        <source>Check its address and that it runs; what happens meanwhile is kept in memory.</source>
        <translation>نشانی و روشن‌بودن آن را بررسی کنید؛ آنچه در این میان رخ می‌دهد در حافظه می‌ماند.</translation>
    </message>
    <message>
        <source>Check sender, recipients and address of this way out.</source>
        <translation>فرستنده، گیرندگان و نشانی این مسیر ارسال را بررسی کنید.</translation>
    </message>
    <message>
        <source>Check that it is switched on, that address and port are right and that no firewall is in the way.</source>
        <translation>بررسی کنید که سرور روشن باشد، نشانی و درگاه درست باشند و دیوار آتش مانع نباشد.</translation>
    </message>
    <message>
        <source>Check the address of this way out, and the network.</source>
        <translation>نشانی این مسیر ارسال و شبکه را بررسی کنید.</translation>
    </message>
    <message>
        <source>Check the connection between that server and the call center.</source>
        <translation>ارتباط آن سرور با مرکز تماس را بررسی کنید.</translation>
    </message>
    <message>
        <source>Check the network, and whether the server was restarted.</source>
        <translation>شبکه را بررسی کنید و ببینید آیا سرور دوباره راه‌اندازی شده است.</translation>
    </message>
    <message>
        <source>Check the port, and whether it wants TLS.</source>
        <translation>درگاه را بررسی کنید، و این که آیا TLS لازم دارد.</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address, user and password, and what it allows.</source>
        <translation>نشانی، کاربر و گذرواژهٔ پراکسی و آنچه را اجازه می‌دهد بررسی کنید.</translation>
    </message>
    <message>
        <source>Check user name and password, and whether this computer&apos;s address is allowed for this user. Then save the connection again.</source>
        <translation>نام کاربری و گذرواژه را بررسی کنید، و این که نشانی این رایانه برای این کاربر مجاز باشد. سپس اتصال را دوباره ذخیره کنید.</translation>
    </message>
    <message>
        <source>Close the other one, or show the figures there: this one goes on from memory.</source>
        <translation>آن دیگری را ببندید یا آمار را همان‌جا ببینید: این یکی از حافظه ادامه می‌دهد.</translation>
    </message>
    <message>
        <source>Correct it in the connection and save it again.</source>
        <translation>آن را در اتصال تصحیح کنید و دوباره ذخیره کنید.</translation>
    </message>
    <message>
        <source>Counters of queues fell in the middle of the day.</source>
        <translation>شمارنده‌های صف‌ها در میانهٔ روز کم شد.</translation>
    </message>
    <message>
        <source>Days until the certificate of {address} ends: {count}.</source>
        <translation>روزهای مانده تا پایان اعتبار گواهی {address}: {count}.</translation>
    </message>
    <message>
        <source>Have the server&apos;s administrator renew it before: then nothing stops.</source>
        <translation>از مدیر سرور بخواهید پیش از آن تمدیدش کند تا چیزی از کار نیفتد.</translation>
    </message>
    <message>
        <source>How they ended is not known; they are in no percentage and no average.</source>
        <translation>چگونگی پایانشان معلوم نیست؛ در هیچ درصد و میانگینی نیامده‌اند.</translation>
    </message>
    <message>
        <source>If it keeps ending, please report it.</source>
        <translation>اگر تکرار شد لطفاً گزارش دهید.</translation>
    </message>
    <message>
        <source>If the call center is there now, enter the new address and save it.</source>
        <translation>اگر مرکز تماس اکنون آنجاست، نشانی تازه را وارد و ذخیره کنید.</translation>
    </message>
    <message>
        <source>If this goes on, please report it to us.</source>
        <translation>اگر ادامه یافت لطفاً به ما گزارش دهید.</translation>
    </message>
    <message>
        <source>Install it as the README tells, and start the program again.</source>
        <translation>آن را همان‌طور که README می‌گوید نصب کنید و برنامه را دوباره اجرا کنید.</translation>
    </message>
    <message>
        <source>Install that version: until then nothing is stored.</source>
        <translation>آن نسخه را نصب کنید: تا آن زمان چیزی ذخیره نمی‌شود.</translation>
    </message>
    <message>
        <source>It is started again by itself.</source>
        <translation>خودبه‌خود دوباره آغاز می‌شود.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If this goes on, please report it to us.</source>
        <translation>برنامه خودش دوباره تلاش می‌کند. اگر ادامه یافت، لطفاً به ما گزارش دهید.</translation>
    </message>
    <message>
        <source>It or the network may be overloaded; check both if this goes on.</source>
        <translation>شاید سرور یا شبکه زیر بار سنگین باشد؛ اگر ادامه یافت هر دو را بررسی کنید.</translation>
    </message>
    <message>
        <source>Look into the server&apos;s log.</source>
        <translation>گزارش رویدادهای سرور را ببینید.</translation>
    </message>
    <message>
        <source>Make room on the disk: what happens meanwhile is kept in memory and stored then.</source>
        <translation>روی دیسک جا باز کنید: آنچه در این میان رخ می‌دهد در حافظه می‌ماند و سپس ذخیره می‌شود.</translation>
    </message>
    <message>
        <source>More calls may have come than their figures of today say.</source>
        <translation>شاید تماس‌های امروز بیش از آن باشد که شاخص‌هایشان می‌گوید.</translation>
    </message>
    <message>
        <source>On the PBX set webenabled = yes in manager.conf and enabled = yes in http.conf, both in [general], and reload both; the path here must be the prefix of http.conf.</source>
        <translation>روی سانترال در بخش [general]، در manager.conf بنویسید webenabled = yes و در http.conf بنویسید enabled = yes و هر دو را از نو بار کنید؛ مسیر اینجا باید همان prefix در http.conf باشد.</translation>
    </message>
    <message>
        <source>Queue members whose phone cannot be told: {count} ({names}).</source>
        <translation>اعضای صف که تلفنشان قابل تشخیص نیست: {count} ({names}).</translation>
    </message>
    <message>
        <source>Queue members whose phone cannot be told: {count}.</source>
        <translation>اعضای صف که تلفنشان قابل تشخیص نیست: {count}.</translation>
    </message>
    <message>
        <source>Queues whose counters fell in the middle of the day: {count}.</source>
        <translation>صف‌هایی که شمارنده‌هایشان در میانهٔ روز کم شد: {count}.</translation>
    </message>
    <message>
        <source>Rows left out because they cannot be read: {count}.</source>
        <translation>ردیف‌هایی که چون خوانا نیستند کنار گذاشته شدند: {count}.</translation>
    </message>
    <message>
        <source>Short calls may be missed. Ask the server&apos;s administrator for this right.</source>
        <translation>شاید تماس‌های کوتاه دیده نشوند. این دسترسی را از مدیر سرور بخواهید.</translation>
    </message>
    <message>
        <source>Some calls could not be stored.</source>
        <translation>برخی تماس‌ها ذخیره نشدند.</translation>
    </message>
    <message>
        <source>Some calls ended while the connection was down.</source>
        <translation>شماری از تماس‌ها هنگام قطع ارتباط پایان یافتند.</translation>
    </message>
    <message>
        <source>Some rows are left out because they cannot be read.</source>
        <translation>شماری از ردیف‌ها چون خوانا نیستند کنار گذاشته شدند.</translation>
    </message>
    <message>
        <source>Something else than the call center answers at {address}.</source>
        <translation>در {address} چیزی جز مرکز تماس پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>Something else than the call center answers at {address}: {said}</source>
        <translation>در {address} چیزی جز مرکز تماس پاسخ می‌دهد: {said}</translation>
    </message>
    <message>
        <source>Something else than the call center answers.</source>
        <translation>چیزی جز مرکز تماس پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The account may not see calls as they happen (missing right: {right}).</source>
        <translation>این حساب اجازهٔ دیدن تماس‌ها را در لحظهٔ رخداد ندارد (دسترسی لازم: {right}).</translation>
    </message>
    <message>
        <source>The account may not see calls as they happen.</source>
        <translation>این حساب اجازهٔ دیدن تماس‌ها را در لحظهٔ رخداد ندارد.</translation>
    </message>
    <message>
        <source>The certificate of {address} cannot be trusted ({reason}).</source>
        <translation>گواهی {address} قابل اعتماد نیست ({reason}).</translation>
    </message>
    <message>
        <source>The certificate of {address} cannot be trusted.</source>
        <translation>گواهی {address} قابل اعتماد نیست.</translation>
    </message>
    <message>
        <source>The clocks of the server and of this computer differ by {seconds} s.</source>
        <translation>ساعت سرور و این رایانه {seconds} ثانیه اختلاف دارند.</translation>
    </message>
    <message>
        <source>The clocks of the server and of this computer differ.</source>
        <translation>ساعت سرور و این رایانه اختلاف دارند.</translation>
    </message>
    <message>
        <source>The connection to {address} was lost.</source>
        <translation>ارتباط با {address} قطع شد.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>ارتباط قطع شد.</translation>
    </message>
    <message>
        <source>The database that stores the calls does not answer ({reason}).</source>
        <translation>پایگاه داده‌ای که تماس‌ها را ذخیره می‌کند پاسخ نمی‌دهد ({reason}).</translation>
    </message>
    <message>
        <source>The database that stores the calls does not answer.</source>
        <translation>پایگاه داده‌ای که تماس‌ها را ذخیره می‌کند پاسخ نمی‌دهد.</translation>
    </message>
    <message>
        <source>The figures come by themselves then.</source>
        <translation>سپس ارقام خودبه‌خود می‌آیند.</translation>
    </message>
    <message>
        <source>The file is put aside, and what is whole of it is saved into a new one.</source>
        <translation>این پرونده کنار گذاشته می‌شود و آنچه از آن سالم است در پرونده‌ای تازه ذخیره می‌شود.</translation>
    </message>
    <message>
        <source>The last good figures stay.</source>
        <translation>آخرین ارقام درست باقی می‌مانند.</translation>
    </message>
    <message>
        <source>The part that asks the call center has ended ({reason}).</source>
        <translation>بخشی از برنامه که از مرکز تماس می‌پرسد متوقف شد ({reason}).</translation>
    </message>
    <message>
        <source>The part that asks the call center has ended.</source>
        <translation>بخشی از برنامه که از مرکز تماس می‌پرسد متوقف شد.</translation>
    </message>
    <message>
        <source>The password could not be read from where it is kept ({reason}).</source>
        <translation>گذرواژه از جایی که نگه داشته می‌شود خوانده نشد ({reason}).</translation>
    </message>
    <message>
        <source>The password could not be read from where it is kept.</source>
        <translation>گذرواژه از جایی که نگه داشته می‌شود خوانده نشد.</translation>
    </message>
    <message>
        <source>The phone of some queue members cannot be told.</source>
        <translation>تلفن شماری از اعضای صف قابل تشخیص نیست.</translation>
    </message>
    <message>
        <source>The place where calls are stored cannot be written ({reason}).</source>
        <translation>در محل ذخیرهٔ تماس‌ها نمی‌توان نوشت ({reason}).</translation>
    </message>
    <message>
        <source>The place where calls are stored cannot be written.</source>
        <translation>در محل ذخیرهٔ تماس‌ها نمی‌توان نوشت.</translation>
    </message>
    <message>
        <source>The proxy does not pass us on.</source>
        <translation>پراکسی ما را عبور نمی‌دهد.</translation>
    </message>
    <message>
        <source>The proxy {address} does not pass us on ({reason}).</source>
        <translation>پراکسی {address} ما را عبور نمی‌دهد ({reason}).</translation>
    </message>
    <message>
        <source>The rest is right. Please report it if this goes on.</source>
        <translation>بقیه درست است. اگر ادامه یافت لطفاً گزارش دهید.</translation>
    </message>
    <message>
        <source>The server answers, but has heard nothing of the call center.</source>
        <translation>سرور پاسخ می‌دهد، ولی خبری از مرکز تماس ندارد.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>سرور در دسترس نیست.</translation>
    </message>
    <message>
        <source>The server does not accept the sign-in.</source>
        <translation>سرور ورود را نمی‌پذیرد.</translation>
    </message>
    <message>
        <source>The server does not take the message.</source>
        <translation>سرور پیام را نمی‌پذیرد.</translation>
    </message>
    <message>
        <source>The server gave no answer in time.</source>
        <translation>سرور به‌موقع پاسخ نداد.</translation>
    </message>
    <message>
        <source>The server is still starting.</source>
        <translation>سرور هنوز در حال راه‌اندازی است.</translation>
    </message>
    <message>
        <source>The server reports an error of its own.</source>
        <translation>سرور خطایی از خودش گزارش می‌کند.</translation>
    </message>
    <message>
        <source>The server reports an error of its own: {said}</source>
        <translation>سرور خطایی از خودش گزارش می‌کند: {said}</translation>
    </message>
    <message>
        <source>The server sends us to another address; we do not go there.</source>
        <translation>سرور ما را به نشانی دیگری می‌فرستد؛ ما به آنجا نمی‌رویم.</translation>
    </message>
    <message>
        <source>The server sent something that cannot be read ({reason}).</source>
        <translation>سرور چیزی فرستاد که قابل خواندن نیست ({reason}).</translation>
    </message>
    <message>
        <source>The server sent something that cannot be read.</source>
        <translation>سرور چیزی فرستاد که قابل خواندن نیست.</translation>
    </message>
    <message>
        <source>The server was asked too often.</source>
        <translation>از سرور بیش از اندازه پرسش شده است.</translation>
    </message>
    <message>
        <source>The server was restarted at {time}.</source>
        <translation>سرور در ساعت {time} دوباره راه‌اندازی شد.</translation>
    </message>
    <message>
        <source>The server was restarted.</source>
        <translation>سرور دوباره راه‌اندازی شد.</translation>
    </message>
    <message>
        <source>The server {address} answers, but has heard nothing of the call center since {time}.</source>
        <translation>سرور {address} پاسخ می‌دهد، ولی از ساعت {time} خبری از مرکز تماس ندارد.</translation>
    </message>
    <message>
        <source>The server {address} cannot be reached ({reason}).</source>
        <translation>سرور {address} در دسترس نیست ({reason}).</translation>
    </message>
    <message>
        <source>The server {address} cannot be reached.</source>
        <translation>سرور {address} در دسترس نیست.</translation>
    </message>
    <message>
        <source>The server {address} does not accept the sign-in of {username}.</source>
        <translation>سرور {address} ورود {username} را نمی‌پذیرد.</translation>
    </message>
    <message>
        <source>The server {address} does not accept the sign-in.</source>
        <translation>سرور {address} ورود را نمی‌پذیرد.</translation>
    </message>
    <message>
        <source>The server {address} does not take the message: {said}</source>
        <translation>سرور {address} پیام را نمی‌پذیرد: {said}</translation>
    </message>
    <message>
        <source>The server {address} gave no answer within {seconds} s.</source>
        <translation>سرور {address} ظرف {seconds} ثانیه پاسخی نداد.</translation>
    </message>
    <message>
        <source>The server {address} is still starting.</source>
        <translation>سرور {address} هنوز در حال راه‌اندازی است.</translation>
    </message>
    <message>
        <source>The server {address} sends us to {target}; we do not go there.</source>
        <translation>سرور {address} ما را به {target} می‌فرستد؛ ما به آنجا نمی‌رویم.</translation>
    </message>
    <message>
        <source>The server {address} was asked too often and wants {seconds} s of rest.</source>
        <translation>از سرور {address} بیش از اندازه پرسش شده و {seconds} ثانیه مهلت می‌خواهد.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate cannot be trusted.</source>
        <translation>گواهی سرور قابل اعتماد نیست.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate ends soon.</source>
        <translation>اعتبار گواهی سرور به‌زودی پایان می‌یابد.</translation>
    </message>
    <message>
        <source>The server&apos;s clock is used. Let both take their time from the network.</source>
        <translation>ساعت سرور ملاک است. بهتر است هر دو ساعت خود را از شبکه بگیرند.</translation>
    </message>
    <message>
        <source>The server&apos;s name was not found.</source>
        <translation>نام سرور یافت نشد.</translation>
    </message>
    <message>
        <source>The service did not take the message ({reason}).</source>
        <translation>سرویس پیام را نپذیرفت ({reason}).</translation>
    </message>
    <message>
        <source>The service did not take the message.</source>
        <translation>سرویس پیام را نپذیرفت.</translation>
    </message>
    <message>
        <source>The setting {field} cannot be used ({reason}).</source>
        <translation>تنظیم {field} قابل استفاده نیست ({reason}).</translation>
    </message>
    <message>
        <source>The setting {field} cannot be used.</source>
        <translation>تنظیم {field} قابل استفاده نیست.</translation>
    </message>
    <message>
        <source>The stored calls are damaged ({reason}).</source>
        <translation>تماس‌های ذخیره‌شده آسیب دیده‌اند ({reason}).</translation>
    </message>
    <message>
        <source>The stored calls are damaged.</source>
        <translation>تماس‌های ذخیره‌شده آسیب دیده‌اند.</translation>
    </message>
    <message>
        <source>The stored calls cannot be used, by an error of this program ({reason}).</source>
        <translation>به سبب خطایی در خود این برنامه از تماس‌های ذخیره‌شده نمی‌توان استفاده کرد ({reason}).</translation>
    </message>
    <message>
        <source>The stored calls cannot be used, by an error of this program.</source>
        <translation>به سبب خطایی در خود این برنامه از تماس‌های ذخیره‌شده نمی‌توان استفاده کرد.</translation>
    </message>
    <message>
        <source>The stored calls were written by a newer version.</source>
        <translation>تماس‌های ذخیره‌شده را نسخهٔ تازه‌تری نوشته است.</translation>
    </message>
    <message>
        <source>The web server answers, but AMI is not there.</source>
        <translation>سرور وب پاسخ می‌دهد، ولی AMI آنجا نیست.</translation>
    </message>
    <message>
        <source>The web server {address} answers, but AMI is not at {path}.</source>
        <translation>سرور وب {address} پاسخ می‌دهد، ولی AMI در {path} نیست.</translation>
    </message>
    <message>
        <source>Their state may be wrong. Check how they are entered in the queues.</source>
        <translation>شاید وضعیتشان نادرست باشد. شیوهٔ ثبتشان در صف‌ها را بررسی کنید.</translation>
    </message>
    <message>
        <source>There is no room to store the calls.</source>
        <translation>برای ذخیرهٔ تماس‌ها جا نیست.</translation>
    </message>
    <message>
        <source>There is no server named {address}.</source>
        <translation>سروری به نام {address} یافت نشد.</translation>
    </message>
    <message>
        <source>They will be missing in reports. Import the log of the call center to fill them in.</source>
        <translation>این تماس‌ها در گزارش‌ها نخواهند بود. برای پر کردن جای آن‌ها، گزارش (log) مرکز تماس را وارد کنید.</translation>
    </message>
    <message>
        <source>This account does not see everything: a lock marks what it is.</source>
        <translation>این حساب همه چیز را نمی‌بیند: قفل نشان می‌دهد کدام بخش.</translation>
    </message>
    <message>
        <source>This account may not do this.</source>
        <translation>این حساب اجازهٔ این کار را ندارد.</translation>
    </message>
    <message>
        <source>This account may not do this: {what} (missing right: {right}).</source>
        <translation>این حساب اجازهٔ این کار را ندارد: {what} (دسترسی لازم: {right}).</translation>
    </message>
    <message>
        <source>This account may not do this: {what}.</source>
        <translation>این حساب اجازهٔ این کار را ندارد: {what}.</translation>
    </message>
    <message>
        <source>This system does not tell everything: a dash stands for the rest.</source>
        <translation>این سامانه همه چیز را نمی‌گوید: به جای بقیه خط تیره است.</translation>
    </message>
    <message>
        <source>This way out needs something that is not installed.</source>
        <translation>این مسیر ارسال به چیزی نیاز دارد که نصب نیست.</translation>
    </message>
    <message>
        <source>This way out needs {name}, which is not installed.</source>
        <translation>این مسیر ارسال به {name} نیاز دارد که نصب نیست.</translation>
    </message>
    <message>
        <source>Today&apos;s figures go on from where they were.</source>
        <translation>ارقام امروز از همان جا ادامه می‌یابند.</translation>
    </message>
    <message>
        <source>Unlock the keyring, or enter the password again.</source>
        <translation>قفل دسته‌کلید را باز کنید، یا گذرواژه را دوباره وارد کنید.</translation>
    </message>
    <message>
        <source>Wait until it has started.</source>
        <translation>صبر کنید تا سرور آماده شود.</translation>
    </message>
    <message>
        <source>We keep trying.</source>
        <translation>تلاش ادامه دارد.</translation>
    </message>
    <message>
        <source>We wait as long as it wants.</source>
        <translation>به همان اندازه که بخواهد صبر می‌کنیم.</translation>
    </message>
    <message>
        <source>Where it tells only sums, figures are its own for the day, and there are no lists of calls and no reports.</source>
        <translation>جایی که تنها جمع‌ها را می‌گوید، شاخص‌های روز از خود آن است و فهرست تماس‌ها و گزارشی نیست.</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>1 to 1000 times as fast as the clock.</source>
        <translation>۱ تا ۱۰۰۰ برابر سرعت ساعت.</translation>
    </message>
    <message>
        <source>1 to 60</source>
        <translation>۱ تا ۶۰</translation>
    </message>
    <message>
        <source>A user of manager.conf with read = call,agent and write = reporting; for a supervisor&apos;s commands write = reporting,call,agent,originate</source>
        <translation>کاربری در manager.conf با read = call,agent و write = reporting؛ برای فرمان‌های سرپرست write = reporting,call,agent,originate</translation>
    </message>
    <message>
        <source>AMI port</source>
        <translation>درگاه AMI</translation>
    </message>
    <message>
        <source>AMI secret</source>
        <translation>گذرواژهٔ AMI</translation>
    </message>
    <message>
        <source>AMI user</source>
        <translation>کاربر AMI</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>نشانی</translation>
    </message>
    <message>
        <source>Address of the API</source>
        <translation>نشانی API</translation>
    </message>
    <message>
        <source>Address of the PBX</source>
        <translation>نشانی سانترال (PBX)</translation>
    </message>
    <message>
        <source>Address of the service</source>
        <translation>نشانی سرویس</translation>
    </message>
    <message>
        <source>Address that gives the tokens</source>
        <translation>نشانی صدور توکن</translation>
    </message>
    <message>
        <source>Allow http:// in the network</source>
        <translation>اجازهٔ http://‎ در شبکه</translation>
    </message>
    <message>
        <source>As Apprise writes it, tgram://token/chat; it holds keys and is kept as a secret</source>
        <translation>به شکل Apprise، مانند tgram://token/chat؛ کلیدها در آن است و محرمانه نگه داشته می‌شود</translation>
    </message>
    <message>
        <source>As Asterisk calls it: PJSIP/9001, or Local/9001@from-internal on FreePBX and Issabel. For listening, whispering and taking calls over</source>
        <translation>همان‌گونه که استریسک آن را می‌گیرد: PJSIP/9001، یا در FreePBX و ایزابل Local/9001@from-internal. برای شنود، نجوا و تحویل گرفتن تماس</translation>
    </message>
    <message>
        <source>As http://proxy.example.com:3128; empty for none</source>
        <translation>مانند http://proxy.example.com:3128؛ خالی یعنی بدون پراکسی</translation>
    </message>
    <message>
        <source>As https://example.com/alerts; each event is posted there as JSON</source>
        <translation>مانند https://example.com/alerts؛ هر رویداد به‌صورت JSON به آن فرستاده می‌شود</translation>
    </message>
    <message>
        <source>As https://wallboard.example.com; /v1/snapshot and its like are under it</source>
        <translation>مانند https://wallboard.example.com؛ ‎/v1/snapshot و مانند آن زیر همین نشانی است</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>سرآیند Authorization</translation>
    </message>
    <message>
        <source>Certificate of this computer</source>
        <translation>گواهی این رایانه</translation>
    </message>
    <message>
        <source>Certificate to trust</source>
        <translation>گواهی مورد اعتماد</translation>
    </message>
    <message>
        <source>Context of the extensions</source>
        <translation>زمینه (context) داخلی‌ها</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>ایمیل</translation>
    </message>
    <message>
        <source>Empty for the usual one of the encryption</source>
        <translation>خالی: درگاه معمول همان رمزنگاری</translation>
    </message>
    <message>
        <source>Empty for the usual one: 5038; over HTTP 8088, over HTTPS 8089</source>
        <translation>خالی یعنی درگاه معمول: 5038؛ با HTTP درگاه 8088 و با HTTPS درگاه 8089</translation>
    </message>
    <message>
        <source>Empty if the server asks for none</source>
        <translation>خالی، اگر سرور کاربر نمی‌خواهد</translation>
    </message>
    <message>
        <source>Encrypted (TLS)</source>
        <translation>رمزنگاری‌شده (TLS)</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>رمزنگاری</translation>
    </message>
    <message>
        <source>Fingerprint of the certificate</source>
        <translation>اثر انگشت گواهی</translation>
    </message>
    <message>
        <source>For api_key</source>
        <translation>برای api_key</translation>
    </message>
    <message>
        <source>For basic and oauth2</source>
        <translation>برای basic و oauth2</translation>
    </message>
    <message>
        <source>For oauth2</source>
        <translation>برای oauth2</translation>
    </message>
    <message>
        <source>For oauth2, where the server asks for one</source>
        <translation>برای oauth2، اگر سرور آن را بخواهد</translation>
    </message>
    <message>
        <source>Header for auto-answer</source>
        <translation>سرآیند پاسخ خودکار</translation>
    </message>
    <message>
        <source>Header of the API key</source>
        <translation>سرایند کلید API</translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation>روش ورود</translation>
    </message>
    <message>
        <source>It is played, too: it rings for a moment, and is picked up.</source>
        <translation>آن هم شبیه‌سازی می‌شود: لحظه‌ای زنگ می‌خورد و برداشته می‌شود.</translation>
    </message>
    <message>
        <source>Its own port (socket), or the PBX&apos;s web server where only that can be reached</source>
        <translation>درگاه خود AMI (socket)، یا سرور وب سانترال اگر فقط آن در دسترس است</translation>
    </message>
    <message>
        <source>Key of the signature</source>
        <translation>کلید امضا</translation>
    </message>
    <message>
        <source>Key of this computer&apos;s certificate</source>
        <translation>کلید گواهی این رایانه</translation>
    </message>
    <message>
        <source>Language of the names</source>
        <translation>زبان نام‌ها</translation>
    </message>
    <message>
        <source>Log of the queues</source>
        <translation>گزارش صف‌ها (queue_log)</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>سرور ایمیل</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <translation>فایل نگاشت</translation>
    </message>
    <message>
        <source>Name or IP address of the Asterisk, FreePBX or Issabel server</source>
        <translation>نام یا نشانی IP سرور Asterisk، FreePBX یا Issabel</translation>
    </message>
    <message>
        <source>Of the dial plan, where callers are passed on to</source>
        <translation>در طرح شماره‌گیری؛ تماس‌گیرندگان به آنجا منتقل می‌شوند</translation>
    </message>
    <message>
        <source>Only over HTTP, where a proxy does not pass cookies on</source>
        <translation>فقط برای HTTP، جایی که پروکسی کوکی‌ها را نمی‌گذراند</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>گذرواژه</translation>
    </message>
    <message>
        <source>Password of the proxy</source>
        <translation>گذرواژهٔ پراکسی</translation>
    </message>
    <message>
        <source>Path of a file that tells how to read another API; empty for Wallboard&apos;s own</source>
        <translation>مسیر فایلی که می‌گوید یک API دیگر چگونه خوانده شود؛ خالی برای API خود والبورد</translation>
    </message>
    <message>
        <source>Path of the PBX&apos;s certificate or of its CA; empty for those of this computer</source>
        <translation>مسیر گواهی سانترال یا مرجع صدور آن؛ خالی برای گواهی‌های همین رایانه</translation>
    </message>
    <message>
        <source>Path of the PBX&apos;s queue_log, if this computer can read it: what happened while Wallboard was off is filled in from it</source>
        <translation>مسیر فایل queue_log مرکز تلفن، اگر این رایانه می‌تواند آن را بخواند: آنچه هنگام خاموش بودن والبورد رخ داده از آن تکمیل می‌شود</translation>
    </message>
    <message>
        <source>Path of the server&apos;s certificate or of its CA; empty for those of this computer</source>
        <translation>مسیر گواهی سرور یا مرجع صدور آن؛ خالی برای گواهی‌های همین رایانه</translation>
    </message>
    <message>
        <source>Path on the web server</source>
        <translation>مسیر روی سرور وب</translation>
    </message>
    <message>
        <source>Path, for servers that ask for one; PEM</source>
        <translation>مسیر، برای سرورهایی که گواهی می‌خواهند؛ PEM</translation>
    </message>
    <message>
        <source>Path; empty if it is in the same file; PEM without a password</source>
        <translation>مسیر؛ خالی اگر در همان فایل است؛ PEM بدون گذرواژه</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>درگاه</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>پراکسی</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>گیرندگان</translation>
    </message>
    <message>
        <source>SHA-256; then this certificate is trusted, whoever signed it, and no other</source>
        <translation>SHA-256؛ در این صورت فقط همین گواهی مورد اعتماد است، هر که آن را امضا کرده باشد</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>سناریو</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>محدوده (scope)</translation>
    </message>
    <message>
        <source>Seconds between two questions</source>
        <translation>فاصلهٔ دو پرسش به ثانیه</translation>
    </message>
    <message>
        <source>Seconds, as set in the queues, because AMI does not tell: 10, or support=10,sales=5</source>
        <translation>به ثانیه، همان که در صف‌ها تنظیم شده است، چون AMI آن را نمی‌گوید: 10 یا support=10,sales=5</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>عدد آغازین</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>فرستنده</translation>
    </message>
    <message>
        <source>Several with commas between</source>
        <translation>چند گیرنده را با ویرگول جدا کنید</translation>
    </message>
    <message>
        <source>Sign in by HTTP digest</source>
        <translation>ورود با HTTP digest</translation>
    </message>
    <message>
        <source>Signs each message (HMAC-SHA256); empty for none</source>
        <translation>هر پیام را امضا می‌کند (HMAC-SHA256)؛ خالی: بدون امضا</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>سرعت</translation>
    </message>
    <message>
        <source>Supervisor&apos;s phone</source>
        <translation>تلفن سرپرست</translation>
    </message>
    <message>
        <source>Telegram, SMS and other services (Apprise)</source>
        <translation>تلگرام، پیامک و سرویس‌های دیگر (Apprise)</translation>
    </message>
    <message>
        <source>The prefix of http.conf; / if there is none. Only over HTTP</source>
        <translation>همان prefix در http.conf؛ اگر نیست / بنویسید. فقط برای HTTP</translation>
    </message>
    <message>
        <source>The same number plays the same day.</source>
        <translation>همان عدد همان روز را اجرا می‌کند.</translation>
    </message>
    <message>
        <source>The whole header, as in Bearer …; empty for none</source>
        <translation>کل سرآیند، مانند Bearer …؛ خالی: بدون آن</translation>
    </message>
    <message>
        <source>Then the sign-in and all calls can be read on the way</source>
        <translation>در این صورت ورود و همهٔ تماس‌ها در مسیر خواندنی‌اند</translation>
    </message>
    <message>
        <source>Token, key, password or client secret</source>
        <translation>توکن، کلید، گذرواژه یا راز کلاینت</translation>
    </message>
    <message>
        <source>User</source>
        <translation>کاربر</translation>
    </message>
    <message>
        <source>User of the proxy</source>
        <translation>کاربر پراکسی</translation>
    </message>
    <message>
        <source>User or client ID</source>
        <translation>کاربر یا شناسهٔ کلاینت</translation>
    </message>
    <message>
        <source>Way to AMI</source>
        <translation>راه رسیدن به AMI</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>وب‌هوک</translation>
    </message>
    <message>
        <source>What makes that phone answer by itself: Call-Info: &lt;sip:wallboard&gt;;answer-after=0</source>
        <translation>آنچه باعث می‌شود آن تلفن خودش پاسخ دهد: Call-Info: &lt;sip:wallboard&gt;;answer-after=0</translation>
    </message>
    <message>
        <source>Wrap-up time</source>
        <translation>زمان کار پس از تماس</translation>
    </message>
    <message>
        <source>api_key</source>
        <translation>کلید API</translation>
    </message>
    <message>
        <source>basic</source>
        <translation>کاربر و گذرواژه (Basic)</translation>
    </message>
    <message>
        <source>bearer</source>
        <translation>توکن (Bearer)</translation>
    </message>
    <message>
        <source>bearer: a token, as wallboard serve gives it; oauth2: client credentials</source>
        <translation>bearer: توکن، همان که wallboard serve می‌دهد؛ oauth2: با client credentials</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>آرام</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>نمایشی</translation>
    </message>
    <message>
        <source>en</source>
        <translation>انگلیسی</translation>
    </message>
    <message>
        <source>fa</source>
        <translation>فارسی</translation>
    </message>
    <message>
        <source>flapping</source>
        <translation>قطع و وصل</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>یخ‌زده</translation>
    </message>
    <message>
        <source>http</source>
        <translation>HTTP (رمزنشده)</translation>
    </message>
    <message>
        <source>https</source>
        <translation>HTTPS (رمزنگاری‌شده)</translation>
    </message>
    <message>
        <source>huge</source>
        <translation>بسیار بزرگ</translation>
    </message>
    <message>
        <source>none</source>
        <translation>هیچ‌کدام</translation>
    </message>
    <message>
        <source>oauth2</source>
        <translation>OAuth 2 (راز در سرایند)</translation>
    </message>
    <message>
        <source>oauth2_body</source>
        <translation>OAuth 2 (راز در بدنه)</translation>
    </message>
    <message>
        <source>outage</source>
        <translation>قطعی</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>راه‌اندازی مجدد</translation>
    </message>
    <message>
        <source>rush</source>
        <translation>شلوغ</translation>
    </message>
    <message>
        <source>socket</source>
        <translation>درگاه AMI</translation>
    </message>
    <message>
        <source>starttls (port 587), tls (port 465) or none (port 25, without a password)</source>
        <translation>رمزنگاری: starttls (درگاه ۵۸۷)، tls (درگاه ۴۶۵) یا هیچ‌کدام (درگاه ۲۵، بدون گذرواژه)</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>Filter</source>
        <translation>فیلتر</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>A supervisor&apos;s commands are not possible here. The board works.</source>
        <translation>فرمان‌های سرپرست اینجا ممکن نیست. تابلو کار می‌کند.</translation>
    </message>
    <message>
        <source>AMI was found under another path.</source>
        <translation>AMI زیر مسیر دیگری پیدا شد.</translation>
    </message>
    <message>
        <source>AMI was found under the path {path}: enter that one.</source>
        <translation>AMI زیر مسیر {path} پیدا شد: همان را وارد کنید.</translation>
    </message>
    <message>
        <source>Agents: {count}; free {free}, busy {busy}, on break {on_break}, offline {offline}, not known {unknown}. They are {names}.</source>
        <translation>کارشناسان: {count}؛ آزاد {free}، مشغول {busy}، استراحت {on_break}، خارج از سامانه {offline}، نامعلوم {unknown}. نام‌ها: {names}.</translation>
    </message>
    <message>
        <source>All that the mapping asks for was answered. Requests: {count}.</source>
        <translation>به همهٔ آنچه نگاشت می‌پرسد پاسخ داده شد. درخواست‌ها: {count}.</translation>
    </message>
    <message>
        <source>All times are in order.</source>
        <translation>همهٔ زمان‌ها درست‌اند.</translation>
    </message>
    <message>
        <source>Calls are not told as they happen.</source>
        <translation>تماس‌ها در لحظهٔ رخداد گزارش نمی‌شوند.</translation>
    </message>
    <message>
        <source>Calls are told as they happen.</source>
        <translation>تماس‌ها در لحظهٔ رخداد گزارش می‌شوند.</translation>
    </message>
    <message>
        <source>Calls are told as they happen: {count} events in {seconds} s.</source>
        <translation>تماس‌ها در لحظهٔ رخداد گزارش می‌شوند: {count} رویداد در {seconds} ثانیه.</translation>
    </message>
    <message>
        <source>Calls that are going on can be seen.</source>
        <translation>تماس‌های در جریان دیده می‌شوند.</translation>
    </message>
    <message>
        <source>Calls that are going on cannot be seen.</source>
        <translation>تماس‌های در جریان دیده نمی‌شوند.</translation>
    </message>
    <message>
        <source>Calls that are over: {count}; answered {answered}, abandoned {abandoned}, otherwise {other}, not known {unknown}. They are {names}.</source>
        <translation>تماس‌های پایان‌یافته: {count}؛ پاسخ‌داده‌شده {answered}، از دست‌رفته {abandoned}، پایان دیگر {other}، نامعلوم {unknown}. شناسه‌ها: {names}.</translation>
    </message>
    <message>
        <source>Calls that began before the start cannot be seen as a whole.</source>
        <translation>تماس‌هایی که پیش از شروع برنامه آغاز شده‌اند کامل دیده نمی‌شوند.</translation>
    </message>
    <message>
        <source>Calls: {count}; waiting {waiting}, talking {talking}. They are {names}.</source>
        <translation>تماس‌ها: {count}؛ در انتظار {waiting}، در حال مکالمه {talking}. شناسه‌ها: {names}.</translation>
    </message>
    <message>
        <source>Counters of queues: {count}. They are {names}.</source>
        <translation>شمارنده‌های صف‌ها: {count}. مقدارها: {names}.</translation>
    </message>
    <message>
        <source>Every queue, agent and call that is referred to is there.</source>
        <translation>هر صف، کارشناس و تماسی که به آن ارجاع شده موجود است.</translation>
    </message>
    <message>
        <source>Facts and fields of the past that cannot be read: {count}.</source>
        <translation>رخدادها و فیلدهای گذشته که خوانا نیستند: {count}.</translation>
    </message>
    <message>
        <source>Facts that are told twice under one id: {count} ({names}).</source>
        <translation>رخدادهایی که با یک شناسه دو بار گزارش می‌شوند: {count} ({names}).</translation>
    </message>
    <message>
        <source>For a supervisor&apos;s commands these rights are missing: {rights}. The board works without them.</source>
        <translation>برای فرمان‌های سرپرست این دسترسی‌ها کم است: {rights}. تابلو بدون آن‌ها هم کار می‌کند.</translation>
    </message>
    <message>
        <source>Ids that are there more than once: {count} ({names}).</source>
        <translation>شناسه‌های تکراری: {count} ({names}).</translation>
    </message>
    <message>
        <source>It is version {version} of the API.</source>
        <translation>نسخهٔ API {version} است.</translation>
    </message>
    <message>
        <source>It is version {version} of the API; we see it as {role}.</source>
        <translation>نسخهٔ API {version} است؛ آن را با نقش {role} می‌بینیم.</translation>
    </message>
    <message>
        <source>No agent was found: look at the path of their rows.</source>
        <translation>کارشناسی پیدا نشد: مسیر سطرهای آن را بررسی کنید.</translation>
    </message>
    <message>
        <source>No call is told that is over.</source>
        <translation>تماس پایان‌یافته‌ای گفته نشده است.</translation>
    </message>
    <message>
        <source>No counters were found: look at the path of their rows.</source>
        <translation>شمارنده‌ای پیدا نشد: مسیر سطرهای آن را بررسی کنید.</translation>
    </message>
    <message>
        <source>No encrypted connection could be made.</source>
        <translation>اتصال رمزنگاری‌شده برقرار نشد.</translation>
    </message>
    <message>
        <source>No event arrived within {seconds} s; perhaps nothing happened.</source>
        <translation>ظرف {seconds} ثانیه رویدادی نرسید؛ شاید چیزی رخ نداده است.</translation>
    </message>
    <message>
        <source>No event arrived; perhaps nothing happened.</source>
        <translation>رویدادی نرسید؛ شاید چیزی رخ نداده است.</translation>
    </message>
    <message>
        <source>No id is there twice.</source>
        <translation>هیچ شناسه‌ای تکراری نیست.</translation>
    </message>
    <message>
        <source>No phone of the supervisor&apos;s is set: listening and taking calls over need one.</source>
        <translation>تلفنی برای سرپرست تنظیم نشده است: شنود و تحویل گرفتن تماس به آن نیاز دارند.</translation>
    </message>
    <message>
        <source>No queue was found: look at the path of their rows.</source>
        <translation>صفی پیدا نشد: مسیر سطرهای آن را بررسی کنید.</translation>
    </message>
    <message>
        <source>Nobody need sign in: whoever reaches the server sees everything.</source>
        <translation>ورود لازم نیست: هر کس به سرور دسترسی داشته باشد همه چیز را می‌بیند.</translation>
    </message>
    <message>
        <source>Not all members of the queues could be recognized.</source>
        <translation>همهٔ اعضای صف‌ها شناسایی نشدند.</translation>
    </message>
    <message>
        <source>Not all queues could be read.</source>
        <translation>همهٔ صف‌ها خوانده نشدند.</translation>
    </message>
    <message>
        <source>Not all queues could be read; found: {count}.</source>
        <translation>همهٔ صف‌ها خوانده نشدند؛ یافته‌شده: {count}.</translation>
    </message>
    <message>
        <source>One look takes {seconds} s, and only {limit} s are allowed: let more time pass between two questions.</source>
        <translation>یک نگاه {seconds} ثانیه طول می‌کشد و تنها {limit} ثانیه مجاز است: فاصلهٔ میان دو پرسش را بیشتر کنید.</translation>
    </message>
    <message>
        <source>One look takes {seconds} s; {limit} s are allowed.</source>
        <translation>یک نگاه {seconds} ثانیه طول می‌کشد؛ {limit} ثانیه مجاز است.</translation>
    </message>
    <message>
        <source>Over HTTP the web server of the PBX itself must run: in http.conf enabled = yes, with a bindaddr and bindport that this computer reaches; over HTTPS tlsenable = yes and tlsbindaddr.</source>
        <translation>برای HTTP باید سرور وب خود سانترال روشن باشد: در http.conf مقدار enabled = yes، با bindaddr و bindport که این رایانه به آن برسد؛ برای HTTPS هم tlsenable = yes و tlsbindaddr.</translation>
    </message>
    <message>
        <source>Parts of the past cannot be read.</source>
        <translation>بخشی از گذشته خوانا نیست.</translation>
    </message>
    <message>
        <source>Parts of the picture cannot be read.</source>
        <translation>بخشی از وضعیت لحظه‌ای خوانا نیست.</translation>
    </message>
    <message>
        <source>People found in the queues: {count}.</source>
        <translation>افراد یافته‌شده در صف‌ها: {count}.</translation>
    </message>
    <message>
        <source>Queues found: {count} ({names}).</source>
        <translation>صف‌های یافته‌شده: {count} ({names}).</translation>
    </message>
    <message>
        <source>Queues found: {count}.</source>
        <translation>صف‌های یافته‌شده: {count}.</translation>
    </message>
    <message>
        <source>Queues found: {count}. There are none on this server, or this account may not see them.</source>
        <translation>صف‌های یافته‌شده: {count}. یا این سرور صفی ندارد، یا این حساب اجازهٔ دیدن آن‌ها را ندارد.</translation>
    </message>
    <message>
        <source>Queues were found.</source>
        <translation>صف‌ها یافت شدند.</translation>
    </message>
    <message>
        <source>Queues: {count}. They are {names}.</source>
        <translation>صف‌ها: {count}. نام‌ها: {names}.</translation>
    </message>
    <message>
        <source>References to what is not there, or is not so: {count} ({names}).</source>
        <translation>ارجاع به آنچه نیست یا چنین نیست: {count} ({names}).</translation>
    </message>
    <message>
        <source>Rows and fields that cannot be read: {count} ({names}).</source>
        <translation>ردیف‌ها و فیلدهایی که خوانا نیستند: {count} ({names}).</translation>
    </message>
    <message>
        <source>Rows and fields that cannot be read: {count}.</source>
        <translation>ردیف‌ها و فیلدهایی که خوانا نیستند: {count}.</translation>
    </message>
    <message>
        <source>Signed in as {username}, but with more rights than are needed: {rights}.</source>
        <translation>ورود با کاربر {username} انجام شد، ولی با دسترسی‌های بیش از نیاز: {rights}.</translation>
    </message>
    <message>
        <source>Signed in as {username}.</source>
        <translation>ورود با کاربر {username} انجام شد.</translation>
    </message>
    <message>
        <source>Signed in as {username}; the server&apos;s version is {version}.</source>
        <translation>ورود با کاربر {username} انجام شد؛ نسخهٔ سرور {version} است.</translation>
    </message>
    <message>
        <source>Signed in, but with more rights than are needed.</source>
        <translation>ورود انجام شد، ولی با دسترسی‌های بیش از نیاز.</translation>
    </message>
    <message>
        <source>Signed in.</source>
        <translation>ورود انجام شد.</translation>
    </message>
    <message>
        <source>Signing in as {username} failed.</source>
        <translation>ورود با کاربر {username} انجام نشد.</translation>
    </message>
    <message>
        <source>Signing in failed.</source>
        <translation>ورود انجام نشد.</translation>
    </message>
    <message>
        <source>Some commands are not allowed. The board works without them.</source>
        <translation>برخی فرمان‌ها مجاز نیستند. تابلو بدون آن‌ها هم کار می‌کند.</translation>
    </message>
    <message>
        <source>Some facts are told twice.</source>
        <translation>برخی رخدادها دو بار گزارش می‌شوند.</translation>
    </message>
    <message>
        <source>Some ids are there more than once.</source>
        <translation>برخی شناسه‌ها تکراری‌اند.</translation>
    </message>
    <message>
        <source>Some references are to what is not there.</source>
        <translation>برخی ارجاع‌ها به چیزی است که وجود ندارد.</translation>
    </message>
    <message>
        <source>Some times cannot be.</source>
        <translation>برخی زمان‌ها ناممکن‌اند.</translation>
    </message>
    <message>
        <source>The PBX does not tell whether the phone {phone} is registered.</source>
        <translation>مرکز تلفن نمی‌گوید که تلفن {phone} ثبت شده است یا نه.</translation>
    </message>
    <message>
        <source>The PBX does not tell whether the supervisor&apos;s phone is registered.</source>
        <translation>مرکز تلفن نمی‌گوید که تلفن سرپرست ثبت شده است یا نه.</translation>
    </message>
    <message>
        <source>The account may do what a supervisor needs.</source>
        <translation>این حساب دسترسی‌های لازم برای سرپرست را دارد.</translation>
    </message>
    <message>
        <source>The account may do what a supervisor needs: {rights}.</source>
        <translation>این حساب دسترسی‌های لازم برای سرپرست را دارد: {rights}.</translation>
    </message>
    <message>
        <source>The call center&apos;s own time goes back.</source>
        <translation>زمان خود مرکز تماس به عقب برمی‌گردد.</translation>
    </message>
    <message>
        <source>The call center&apos;s own time goes on.</source>
        <translation>زمان خود مرکز تماس جلو می‌رود.</translation>
    </message>
    <message>
        <source>The call center&apos;s own time stood still for {seconds} s: a board would call it late.</source>
        <translation>زمان خود مرکز تماس {seconds} ثانیه ثابت ماند: تابلو آن را دیرکرده نشان می‌دهد.</translation>
    </message>
    <message>
        <source>The call center&apos;s own time stood still.</source>
        <translation>زمان خود مرکز تماس ثابت ماند.</translation>
    </message>
    <message>
        <source>The call center&apos;s own time went on within {seconds} s.</source>
        <translation>زمان خود مرکز تماس ظرف {seconds} ثانیه جلو رفت.</translation>
    </message>
    <message>
        <source>The connection is encrypted ({version}); the certificate holds until {until}.</source>
        <translation>اتصال رمزنگاری‌شده است ({version})؛ گواهی تا {until} اعتبار دارد.</translation>
    </message>
    <message>
        <source>The connection is encrypted, but its certificate needs a look.</source>
        <translation>اتصال رمزنگاری‌شده است، ولی گواهی آن نیاز به بررسی دارد.</translation>
    </message>
    <message>
        <source>The connection is encrypted, but the certificate ends on {until}.</source>
        <translation>اتصال رمزنگاری‌شده است، ولی اعتبار گواهی در {until} پایان می‌یابد.</translation>
    </message>
    <message>
        <source>The connection is encrypted, the certificate of {address} is good.</source>
        <translation>اتصال رمزنگاری‌شده و گواهی {address} معتبر است.</translation>
    </message>
    <message>
        <source>The connection is encrypted.</source>
        <translation>اتصال رمزنگاری‌شده است.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: name, password and calls can be read on the network. Use TLS where the server offers it.</source>
        <translation>اتصال رمزنگاری نشده است: نام، گذرواژه و تماس‌ها در شبکه خواندنی‌اند. اگر سرور TLS دارد آن را به کار ببرید.</translation>
    </message>
    <message>
        <source>The connection is not encrypted; it does not leave this computer, so that is well.</source>
        <translation>اتصال رمزنگاری نشده است؛ چون از این رایانه بیرون نمی‌رود ایرادی ندارد.</translation>
    </message>
    <message>
        <source>The last hour can be asked for; facts in it: {count}.</source>
        <translation>یک ساعت گذشته را می‌توان پرسید؛ رخدادهای آن: {count}.</translation>
    </message>
    <message>
        <source>The mapping {name} can be read. Requests in it: {count}.</source>
        <translation>نگاشت {name} خوانده شد. درخواست‌های آن: {count}.</translation>
    </message>
    <message>
        <source>The past can be asked for.</source>
        <translation>گذشته را می‌توان پرسید.</translation>
    </message>
    <message>
        <source>The past cannot be asked for: what happens while Wallboard is off is not filled in.</source>
        <translation>گذشته را نمی‌توان پرسید: آنچه هنگام خاموش بودن والبورد رخ دهد تکمیل نمی‌شود.</translation>
    </message>
    <message>
        <source>The past is told wrongly.</source>
        <translation>گذشته نادرست گزارش می‌شود.</translation>
    </message>
    <message>
        <source>The phones of all queue members are known.</source>
        <translation>تلفن همهٔ اعضای صف‌ها شناخته شده است.</translation>
    </message>
    <message>
        <source>The phones of all queue members are known; people: {count}.</source>
        <translation>تلفن همهٔ اعضای صف‌ها شناخته شده است؛ تعداد افراد: {count}.</translation>
    </message>
    <message>
        <source>The picture can be read.</source>
        <translation>وضعیت لحظه‌ای خواناست.</translation>
    </message>
    <message>
        <source>The picture can be read. Queues: {queues}, agents: {agents}, calls: {count}.</source>
        <translation>وضعیت لحظه‌ای خواناست. صف‌ها: {queues}، کارشناسان: {agents}، تماس‌ها: {count}.</translation>
    </message>
    <message>
        <source>The picture cannot be read.</source>
        <translation>وضعیت لحظه‌ای خوانا نیست.</translation>
    </message>
    <message>
        <source>The queues could not be read.</source>
        <translation>صف‌ها خوانده نشدند.</translation>
    </message>
    <message>
        <source>The queues&apos; members could not be read.</source>
        <translation>اعضای صف‌ها خوانده نشدند.</translation>
    </message>
    <message>
        <source>The request {ask} was changed, and has no answer yet: ask the system once more.</source>
        <translation>درخواست {ask} تغییر کرده و هنوز پاسخی ندارد: یک بار دیگر از سامانه بپرسید.</translation>
    </message>
    <message>
        <source>The server answers at {address}, but slowly ({milliseconds} ms).</source>
        <translation>سرور در {address} پاسخ می‌دهد، ولی کند ({milliseconds} میلی‌ثانیه).</translation>
    </message>
    <message>
        <source>The server answers at {address}.</source>
        <translation>سرور در {address} پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The server answers at {address}: {banner}</source>
        <translation>سرور در {address} پاسخ می‌دهد: {banner}</translation>
    </message>
    <message>
        <source>The server answers quickly.</source>
        <translation>سرور به‌سرعت پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The server answers slowly.</source>
        <translation>سرور کند پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The server answers too slowly for a board.</source>
        <translation>سرور برای یک تابلو بیش از اندازه کند پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The server answers, but slowly.</source>
        <translation>سرور پاسخ می‌دهد، ولی کند.</translation>
    </message>
    <message>
        <source>The server answers.</source>
        <translation>سرور پاسخ می‌دهد.</translation>
    </message>
    <message>
        <source>The server can tell what changed, which saves the network.</source>
        <translation>سرور می‌تواند فقط تغییرها را بفرستد؛ بار شبکه کم می‌شود.</translation>
    </message>
    <message>
        <source>The server does not allow commands that the board needs.</source>
        <translation>سرور فرمان‌هایی را که تابلو لازم دارد اجازه نمی‌دهد.</translation>
    </message>
    <message>
        <source>The server does not allow commands that the board needs: {rights}.</source>
        <translation>سرور فرمان‌هایی را که تابلو لازم دارد اجازه نمی‌دهد: {rights}.</translation>
    </message>
    <message>
        <source>The server does not answer at {address}.</source>
        <translation>سرور در {address} پاسخ نمی‌دهد.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>سرور پاسخ نمی‌دهد.</translation>
    </message>
    <message>
        <source>The server does not hear the call center.</source>
        <translation>سرور با مرکز تماس در ارتباط نیست.</translation>
    </message>
    <message>
        <source>The server does not tell how calls ended: the day&apos;s figures will miss the abandoned.</source>
        <translation>سرور نمی‌گوید تماس‌ها چگونه پایان یافتند: تماس‌های رهاشده در آمار روز نمی‌آیند.</translation>
    </message>
    <message>
        <source>The server does not tell what it can do ({where} is missing).</source>
        <translation>سرور نمی‌گوید چه کارهایی از آن برمی‌آید ({where} را ندارد).</translation>
    </message>
    <message>
        <source>The server does not tell what it can do.</source>
        <translation>سرور نمی‌گوید چه کارهایی از آن برمی‌آید.</translation>
    </message>
    <message>
        <source>The server does not tell whether it hears the call center: only its time shows it.</source>
        <translation>سرور نمی‌گوید با مرکز تماس در ارتباط است یا نه: تنها از زمانش پیداست.</translation>
    </message>
    <message>
        <source>The server hears the call center at this moment.</source>
        <translation>سرور در این لحظه با مرکز تماس در ارتباط است.</translation>
    </message>
    <message>
        <source>The server tells everything each time. The board works; a version and an ETag save the network.</source>
        <translation>سرور هر بار همه چیز را می‌فرستد. تابلو کار می‌کند؛ با version و ETag بار شبکه کم می‌شود.</translation>
    </message>
    <message>
        <source>The server tells what has ended.</source>
        <translation>سرور آنچه را پایان یافته گزارش می‌کند.</translation>
    </message>
    <message>
        <source>The server tells what has ended: {names}.</source>
        <translation>سرور آنچه را پایان یافته گزارش می‌کند: {names}.</translation>
    </message>
    <message>
        <source>The server tells what it can do.</source>
        <translation>سرور می‌گوید چه کارهایی از آن برمی‌آید.</translation>
    </message>
    <message>
        <source>The server&apos;s clock and ours agree (difference {seconds} s).</source>
        <translation>ساعت سرور با ساعت ما یکی است (اختلاف {seconds} ثانیه).</translation>
    </message>
    <message>
        <source>The server&apos;s clock and ours agree.</source>
        <translation>ساعت سرور با ساعت ما یکی است.</translation>
    </message>
    <message>
        <source>The server&apos;s clock and ours differ by {seconds} s; the server&apos;s is used.</source>
        <translation>ساعت سرور با ساعت ما {seconds} ثانیه اختلاف دارد؛ ساعت سرور ملاک است.</translation>
    </message>
    <message>
        <source>The server&apos;s clock could not be compared with ours.</source>
        <translation>ساعت سرور را نتوانستیم با ساعت خود مقایسه کنیم.</translation>
    </message>
    <message>
        <source>The server&apos;s clock could not be read.</source>
        <translation>ساعت سرور خوانده نشد.</translation>
    </message>
    <message>
        <source>The simulated call center could not be started.</source>
        <translation>مرکز تماس شبیه‌سازی‌شده راه نیفتاد.</translation>
    </message>
    <message>
        <source>The simulated call center runs with faults that are meant to happen.</source>
        <translation>مرکز تماس شبیه‌سازی‌شده با خطاهایی که عمداً رخ می‌دهند کار می‌کند.</translation>
    </message>
    <message>
        <source>The simulated call center runs.</source>
        <translation>مرکز تماس شبیه‌سازی‌شده کار می‌کند.</translation>
    </message>
    <message>
        <source>The simulated call center runs. Queues: {queues}, agents: {agents}.</source>
        <translation>مرکز تماس شبیه‌سازی‌شده کار می‌کند. صف‌ها: {queues}، کارشناسان: {agents}.</translation>
    </message>
    <message>
        <source>The slowest answer took {milliseconds} ms.</source>
        <translation>کندترین پاسخ {milliseconds} میلی‌ثانیه طول کشید.</translation>
    </message>
    <message>
        <source>The slowest answer took {milliseconds} ms: more seconds between two questions leave it more time.</source>
        <translation>کندترین پاسخ {milliseconds} میلی‌ثانیه طول کشید: با فاصلهٔ بیشتر میان دو پرسش زمان بیشتری خواهد داشت.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s phone is not registered, or there is no such phone.</source>
        <translation>تلفن سرپرست ثبت نشده است، یا چنین تلفنی نیست.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s phone is registered.</source>
        <translation>تلفن سرپرست ثبت شده است.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s phone {phone} is not registered, or there is no such phone.</source>
        <translation>تلفن سرپرست {phone} ثبت نشده است، یا چنین تلفنی نیست.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s phone {phone} is registered.</source>
        <translation>تلفن سرپرست {phone} ثبت شده است.</translation>
    </message>
    <message>
        <source>The web server does not keep our session, so that no events can be fetched. A proxy in between must pass cookies on, or else sign in by HTTP digest; several servers behind one address do not work.</source>
        <translation>سرور وب نشست ما را نگه نمی‌دارد و برای همین رویدادی نمی‌توان گرفت. پروکسی میان راه باید کوکی‌ها را بگذراند، وگرنه با HTTP digest وارد شوید؛ چند سرور پشت یک نشانی کار نمی‌کند.</translation>
    </message>
    <message>
        <source>The web server keeps our session, and events can be fetched.</source>
        <translation>سرور وب نشست ما را نگه می‌دارد و رویدادها را می‌توان گرفت.</translation>
    </message>
    <message>
        <source>The web server of the PBX does not offer AMI.</source>
        <translation>سرور وب سانترال، AMI را عرضه نمی‌کند.</translation>
    </message>
    <message>
        <source>The web server of the PBX offers AMI under {path}.</source>
        <translation>سرور وب سانترال، AMI را زیر {path} عرضه می‌کند.</translation>
    </message>
    <message>
        <source>The web server of the PBX offers AMI.</source>
        <translation>سرور وب سانترال، AMI را عرضه می‌کند.</translation>
    </message>
    <message>
        <source>There is no call at this moment.</source>
        <translation>در این لحظه تماسی نیست.</translation>
    </message>
    <message>
        <source>Times that cannot be: {count} ({names}).</source>
        <translation>زمان‌های ناممکن: {count} ({names}).</translation>
    </message>
    <message>
        <source>What changed is told wrongly.</source>
        <translation>تغییرها نادرست فرستاده می‌شوند.</translation>
    </message>
    <message>
        <source>What has ended is told wrongly.</source>
        <translation>آنچه پایان یافته نادرست گزارش می‌شود.</translation>
    </message>
    <message>
        <source>With this mapping the answers make no picture ({reason}).</source>
        <translation>با این نگاشت پاسخ‌ها تصویری نمی‌سازند ({reason}).</translation>
    </message>
    <message>
        <source>{place}: rows that are left out because they cannot be read: {count}.</source>
        <translation>{place}: سطرهایی که چون ناخوانا هستند کنار گذاشته شده‌اند: {count}.</translation>
    </message>
    <message>
        <source>{place}: the mapping has no word for {names} (rows: {count}). It counts as not known.</source>
        <translation>{place}: نگاشت برای {names} واژه‌ای ندارد (سطرها: {count}). نامعلوم به شمار می‌آید.</translation>
    </message>
    <message>
        <source>{place}: values that cannot be read: {count}, as {names}. They count as not known.</source>
        <translation>{place}: مقدارهای ناخوانا: {count}، مانند {names}. نامعلوم به شمار می‌آیند.</translation>
    </message>
    <message>
        <source>{place}: values that cannot be read: {count}. They count as not known.</source>
        <translation>{place}: مقدارهای ناخوانا: {count}. نامعلوم به شمار می‌آیند.</translation>
    </message>
    <message>
        <source>{topic}: failed</source>
        <translation>{topic}: ناموفق</translation>
    </message>
    <message>
        <source>{topic}: good</source>
        <translation>{topic}: خوب</translation>
    </message>
    <message>
        <source>{topic}: worth a look</source>
        <translation>{topic}: نیازمند بررسی</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>A simulated call center, at once. No server, nothing to set up.</source>
        <translation>یک مرکز تماس شبیه‌سازی‌شده، همین حالا. بدون سرور و بدون تنظیم.</translation>
    </message>
    <message>
        <source>Asterisk, FreePBX or Issabel. The connection is tested first.</source>
        <translation>Asterisk، FreePBX یا Issabel. اتصال نخست آزمایش می‌شود.</translation>
    </message>
    <message>
        <source>Connect my system</source>
        <translation>اتصال به سامانهٔ من</translation>
    </message>
    <message>
        <source>No account, no telemetry. Nothing leaves this computer but the questions to the call center that you connect.</source>
        <translation>بدون حساب کاربری، بدون ارسال آمار. جز پرسش‌ها از مرکز تماسی که متصل می‌کنید، چیزی از این رایانه بیرون نمی‌رود.</translation>
    </message>
    <message>
        <source>See it live</source>
        <translation>تماشای زنده</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>والبورد</translation>
    </message>
    <message>
        <source>Your call center as it is this second.</source>
        <translation>مرکز تماس شما، همین لحظه.</translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <source>CONNECTING</source>
        <translation>در حال اتصال</translation>
    </message>
    <message>
        <source>LATE</source>
        <translation>با تأخیر</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>زنده</translation>
    </message>
    <message>
        <source>NO DATA</source>
        <translation>بدون داده</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>دادهٔ قدیمی</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Contents</source>
        <translation>فهرست</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>رقم</translation>
    </message>
    <message>
        <source>Guide to Wallboard</source>
        <translation>راهنمای والبورد</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>کلید</translation>
    </message>
    <message>
        <source>Nothing found. Try another word.</source>
        <translation>چیزی یافت نشد. واژهٔ دیگری بنویسید.</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>جستجو در راهنما</translation>
    </message>
    <message>
        <source>The guide&apos;s files are missing here. Install Wallboard again: they come with it.</source>
        <translation>پرونده‌های راهنما اینجا نیستند. والبورد را دوباره نصب کنید: راهنما همراه آن است.</translation>
    </message>
    <message>
        <source>What it counts</source>
        <translation>چه را می‌شمارد</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>چه می‌کند</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>15 min</source>
        <translation>۱۵ دقیقه</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>۳۰ دقیقه</translation>
    </message>
    <message>
        <source>60 min</source>
        <translation>۶۰ دقیقه</translation>
    </message>
    <message>
        <source>A week earlier</source>
        <translation>یک هفته پیش</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Agents may be in several queues: choose all queues to see them.</source>
        <translation>یک کارشناس ممکن است در چند صف باشد: برای دیدن کارشناسان، همهٔ صف‌ها را انتخاب کنید.</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>همهٔ صف‌ها</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>به‌صورت جدول</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>خودکار</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>روزانه</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>Choose a part of this time</source>
        <translation>بخشی از این زمان را انتخاب کنید</translation>
    </message>
    <message>
        <source>Compare with earlier</source>
        <translation>مقایسه با گذشته</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>خروجی گرفتن …</translation>
    </message>
    <message>
        <source>In queue</source>
        <translation>در صف</translation>
    </message>
    <message>
        <source>In target</source>
        <translation>پاسخ در زمان هدف</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>بازه</translation>
    </message>
    <message>
        <source>Interval: {name}</source>
        <translation>بازه: {name}</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>۷ روز گذشته</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>بیشترین</translation>
    </message>
    <message>
        <source>Mean (ASA)</source>
        <translation>میانگین (ASA)</translation>
    </message>
    <message>
        <source>Most at once</source>
        <translation>بیشترین هم‌زمان</translation>
    </message>
    <message>
        <source>No calls in this time.</source>
        <translation>در این زمان تماسی نبوده است.</translation>
    </message>
    <message>
        <source>Not counted yet, because they are not over: {number}.</source>
        <translation>هنوز شمرده نشده، چون پایان نیافته‌اند: {number}.</translation>
    </message>
    <message>
        <source>Nothing is known of this time.</source>
        <translation>از این زمان چیزی دانسته نیست.</translation>
    </message>
    <message>
        <source>Only {share} of this time was watched.</source>
        <translation>تنها {share} این زمان دیده شده است.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Reading the history …</source>
        <translation>در حال خواندن تاریخچه …</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>دیده‌شده</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>سطح سرویس</translation>
    </message>
    <message>
        <source>The history, an interval a row</source>
        <translation>تاریخچه، هر بازه در یک سطر</translation>
    </message>
    <message>
        <source>The queues are measured differently: choose one queue to see its level.</source>
        <translation>صف‌ها به روش‌های متفاوت سنجیده می‌شوند: برای دیدن سطح سرویس یک صف را انتخاب کنید.</translation>
    </message>
    <message>
        <source>This is known only of times in which Wallboard itself watched.</source>
        <translation>این رقم تنها برای زمان‌هایی دانسته است که والبورد خودش مرکز را می‌دیده است.</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>این ماه</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>این شیفت</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>این هفته</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>امروز</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>زمان انتظار</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>آنچه نشان داده می‌شود</translation>
    </message>
    <message>
        <source>Worst: {interval}, service level {level}, longest wait {wait}.</source>
        <translation>بدترین بازه: {interval}، سطح سرویس {level}، بیشترین انتظار {wait}.</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>دیروز</translation>
    </message>
    <message>
        <source>measured otherwise from {time}</source>
        <translation>شیوهٔ سنجش از {time} تغییر کرد</translation>
    </message>
    <message>
        <source>no data {begin}–{end}</source>
        <translation>بی‌داده {begin} تا {end}</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>دیده‌نشده</translation>
    </message>
    <message>
        <source>not watched {begin}–{end}</source>
        <translation>دیده‌نشده از {begin} تا {end}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>هیچ</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} تا {end}</translation>
    </message>
    <message>
        <source>{begin}–{end}</source>
        <translation>{begin} تا {end}</translation>
    </message>
    <message>
        <source>{number} weeks earlier</source>
        <translation>{number} هفته پیش</translation>
    </message>
    <message>
        <source>{share} seen</source>
        <translation>{share} دیده‌شده</translation>
    </message>
    <message>
        <source>{value} (few calls)</source>
        <translation>{value} (تماس اندک)</translation>
    </message>
    <message>
        <source>{value} ({share} seen)</source>
        <translation>{value} ({share} دیده‌شده)</translation>
    </message>
    <message>
        <source>{window}. The arrow keys move what is chosen, with Shift its end, with Ctrl its begin; Esc takes all.</source>
        <translation>{window}. کلیدهای جهت بخش انتخاب‌شده را جابه‌جا می‌کنند، با Shift پایان آن و با Ctrl آغاز آن را؛ Esc همه را برمی‌گزیند.</translation>
    </message>
    <message>
        <source>{window}: nothing is known of this time.</source>
        <translation>{window}: از این زمان چیزی دانسته نیست.</translation>
    </message>
    <message>
        <source>{window}: {offered} calls offered, {answered} answered, {abandoned} abandoned ({share}); service level {level}.</source>
        <translation>{window}: {offered} تماس ورودی، {answered} پاسخ‌داده‌شده، {abandoned} رهاشده ({share})؛ سطح سرویس {level}.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Acknowledge an alert; Shift: with a note</source>
        <translation>تأیید هشدار؛ با Shift: همراه یادداشت</translation>
    </message>
    <message>
        <source>Alerts: open or close</source>
        <translation>هشدارها: باز یا بسته</translation>
    </message>
    <message>
        <source>Ask the system now</source>
        <translation>پرسش فوری از سامانه</translation>
    </message>
    <message>
        <source>Back to what was read before</source>
        <translation>بازگشت به آنچه پیش‌تر خوانده شد</translation>
    </message>
    <message>
        <source>Close the detail; empty the filter</source>
        <translation>بستن جزئیات؛ پاک کردن فیلتر</translation>
    </message>
    <message>
        <source>Close the guide</source>
        <translation>بستن راهنما</translation>
    </message>
    <message>
        <source>End listening to an agent</source>
        <translation>پایان دادن به شنود کارشناس</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>بستن با Esc</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>همه‌جا</translation>
    </message>
    <message>
        <source>Explain the figure</source>
        <translation>توضیح رقم</translation>
    </message>
    <message>
        <source>Explain the figure of a queue</source>
        <translation>توضیح رقم یک صف</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>فیلتر</translation>
    </message>
    <message>
        <source>Find a page, queue, agent or action</source>
        <translation>یافتن صفحه، صف، کارشناس یا کار</translation>
    </message>
    <message>
        <source>First or last row</source>
        <translation>سطر نخست یا آخر</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>تمام‌صفحه</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>راهنما</translation>
    </message>
    <message>
        <source>Guide, where it tells of this page</source>
        <translation>راهنما، در فصل همین صفحه</translation>
    </message>
    <message>
        <source>Key figures</source>
        <translation>ارقام کلیدی</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>کلیدها</translation>
    </message>
    <message>
        <source>Larger or smaller letters</source>
        <translation>حروف بزرگ‌تر یا کوچک‌تر</translation>
    </message>
    <message>
        <source>Letters as large as usual</source>
        <translation>حروف به اندازهٔ معمول</translation>
    </message>
    <message>
        <source>Lists of alerts</source>
        <translation>فهرست هشدارها</translation>
    </message>
    <message>
        <source>Next control, or back</source>
        <translation>عنصر بعدی، یا قبلی</translation>
    </message>
    <message>
        <source>Next figure</source>
        <translation>رقم بعدی</translation>
    </message>
    <message>
        <source>Next figure of the row</source>
        <translation>رقم بعدی سطر</translation>
    </message>
    <message>
        <source>Next part of the window, or back</source>
        <translation>بخش بعدی پنجره، یا قبلی</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>سطر بعدی</translation>
    </message>
    <message>
        <source>Next theme</source>
        <translation>پوستهٔ بعدی</translation>
    </message>
    <message>
        <source>Open a page</source>
        <translation>باز کردن یک صفحه</translation>
    </message>
    <message>
        <source>Open the detail, or sort by a heading</source>
        <translation>باز کردن جزئیات، یا مرتب کردن با سرستون</translation>
    </message>
    <message>
        <source>Other language</source>
        <translation>زبان دیگر</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>جستجو در راهنما</translation>
    </message>
    <message>
        <source>Shelve an alert</source>
        <translation>تعویق هشدار</translation>
    </message>
    <message>
        <source>Start a TV board on its screen</source>
        <translation>شروع تابلوی تلویزیون روی نمایشگرش</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>جدول‌ها</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>همین کلیدها</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Enter: end it   Esc: back to the board</source>
        <translation>Enter: بستن   Esc: بازگشت به تابلو</translation>
    </message>
    <message>
        <source>For the seat at {seat} m it is {times} times as large: {rows} rows instead of {most}.</source>
        <translation>برای صندلی {seat} متری {times} برابر شده است: {rows} ردیف به‌جای {most}.</translation>
    </message>
    <message>
        <source>Hung up while waiting</source>
        <translation>قطع در انتظار</translation>
    </message>
    <message>
        <source>Last data at {time}, {age} ago</source>
        <translation>آخرین داده: {time}، {age} پیش</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>یک ساعت گذشته</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>بیشترین</translation>
    </message>
    <message>
        <source>Lost %</source>
        <translation>٪ رها</translation>
    </message>
    <message>
        <source>Lost callers</source>
        <translation>تماس‌های از دست رفته</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>پیام</translation>
    </message>
    <message>
        <source>No callers lost</source>
        <translation>تماسی از دست نرفته</translation>
    </message>
    <message>
        <source>No calls waiting</source>
        <translation>کسی در انتظار نیست</translation>
    </message>
    <message>
        <source>No data since {time}</source>
        <translation>بدون داده از {time}</translation>
    </message>
    <message>
        <source>No queues to be seen</source>
        <translation>صفی برای نمایش نیست</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نمای کلی</translation>
    </message>
    <message>
        <source>PIN to end this board</source>
        <translation>رمز برای بستن این تابلو</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>SL</source>
        <translation>سرویس</translation>
    </message>
    <message>
        <source>Small text can be read from up to {distance} m.</source>
        <translation>متن ریز تا فاصلهٔ {distance} متر خواناست.</translation>
    </message>
    <message>
        <source>Small text can be read from up to {distance} m; the farthest seat is at {seat} m.</source>
        <translation>متن ریز تا فاصلهٔ {distance} متر خواناست؛ دورترین صندلی در {seat} متری است.</translation>
    </message>
    <message>
        <source>Something failed again and again: until it is mended, only queues are shown.</source>
        <translation>بخشی از برنامه بارها از کار افتاد؛ تا رفع مشکل فقط صف‌ها نشان داده می‌شوند.</translation>
    </message>
    <message>
        <source>That was wrong. Tries left: {count}</source>
        <translation>نادرست بود. تلاش‌های باقی‌مانده: {count}</translation>
    </message>
    <message>
        <source>The connection has to be looked after at the desk.</source>
        <translation>اتصال نیاز به رسیدگی از رایانهٔ سرپرست دارد.</translation>
    </message>
    <message>
        <source>The connection is tried again all the time.</source>
        <translation>اتصال پیوسته از نو آزموده می‌شود.</translation>
    </message>
    <message>
        <source>The team meets at 14:00 in the large room.</source>
        <translation>تیم ساعت ۱۴ در اتاق بزرگ گرد هم می‌آید.</translation>
    </message>
    <message>
        <source>There is no connection called {name} on this computer any more.</source>
        <translation>دیگر اتصالی به نام {name} روی این رایانه نیست.</translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {time}.</source>
        <translation>تلاش‌های نادرست بیش از اندازه بود. {time} دیگر دوباره امتحان کنید.</translation>
    </message>
    <message>
        <source>Waiting for the first data</source>
        <translation>در انتظار نخستین داده</translation>
    </message>
    <message>
        <source>What happens now is not being stored: look at the desk.</source>
        <translation>رویدادهای اکنون ذخیره نمی‌شوند: از رایانهٔ سرپرست بررسی کنید.</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>خاموش</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>بسته‌شده</translation>
    </message>
    <message>
        <source>live</source>
        <translation>زنده</translation>
    </message>
    <message>
        <source>no screen</source>
        <translation>بدون نمایشگر</translation>
    </message>
    <message>
        <source>not live</source>
        <translation>غیرزنده</translation>
    </message>
    <message>
        <source>only what cannot fail</source>
        <translation>فقط بخش‌های مطمئن</translation>
    </message>
    <message>
        <source>restarts: {count}</source>
        <translation>بازآغازی: {count}</translation>
    </message>
    <message>
        <source>{number} more</source>
        <translation>{number} مورد دیگر</translation>
    </message>
</context>
<context>
    <name>Kpi</name>
    <message>
        <source>Abandoned</source>
        <translation>رهاشده</translation>
    </message>
    <message>
        <source>Abandoned, %</source>
        <translation>نرخ رهاسازی</translation>
    </message>
    <message>
        <source>Abandonment rate</source>
        <translation>نرخ رهاسازی (ترک صف)</translation>
    </message>
    <message>
        <source>Abandonment rate without short abandons</source>
        <translation>نرخ رهاسازی بدون رهاشده‌های کوتاه</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>زمان کار پس از تماس</translation>
    </message>
    <message>
        <source>Agents who could take a call now, each person once.</source>
        <translation>کارشناسانی که اکنون می‌توانند تماس بگیرند؛ هر نفر یک بار.</translation>
    </message>
    <message>
        <source>Agents who talk to a caller of a queue now, held calls included.</source>
        <translation>کارشناسانی که اکنون با تماس‌گیرندهٔ یک صف گفتگو می‌کنند، تماس‌های پشت خط هم به شمار آمده‌اند.</translation>
    </message>
    <message>
        <source>Agents whose phone rings, who talk, hold a call or do the work after it.</source>
        <translation>کارشناسانی که تلفنشان زنگ می‌خورد، گفتگو می‌کنند، تماسی را پشت خط دارند یا کار پس از تماس انجام می‌دهند.</translation>
    </message>
    <message>
        <source>Answer rate</source>
        <translation>نرخ پاسخ‌گویی</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>پاسخ‌داده‌شده</translation>
    </message>
    <message>
        <source>Answered calls after which the same number called again within the chosen days, of the answered calls whose number is known.</source>
        <translation>تماس‌های پاسخ‌داده‌شده‌ای که پس از آن‌ها همان شماره در روزهای انتخاب‌شده دوباره تماس گرفت، از تماس‌های پاسخ‌داده‌شده‌ای که شماره‌شان معلوم است.</translation>
    </message>
    <message>
        <source>Answered calls after which the same number did not call again within the chosen days, of the answered calls whose number is known.</source>
        <translation>تماس‌های پاسخ‌داده‌شده‌ای که پس از آن‌ها همان شماره در روزهای انتخاب‌شده دوباره تماس نگرفت، از تماس‌های پاسخ‌داده‌شده‌ای که شماره‌شان معلوم است.</translation>
    </message>
    <message>
        <source>Answered calls that are over and whose talk time is known.</source>
        <translation>تماس‌های پاسخ‌داده‌شده‌ای که پایان یافته‌اند و زمان مکالمه‌شان معلوم است.</translation>
    </message>
    <message>
        <source>Answered calls that the agent passed on.</source>
        <translation>تماس‌های پاسخ‌داده‌شده‌ای که کارشناس انتقال داد.</translation>
    </message>
    <message>
        <source>Answered calls, for each hour that an agent was logged in.</source>
        <translation>تماس‌های پاسخ‌داده‌شده، به ازای هر ساعتی که یک کارشناس در سامانه حاضر بود.</translation>
    </message>
    <message>
        <source>Answered calls, of the calls that left the queue.</source>
        <translation>تماس‌های پاسخ‌داده‌شده، از تماس‌هایی که از صف خارج شده‌اند.</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>درصد آماده‌به‌کار</translation>
    </message>
    <message>
        <source>Average handle time</source>
        <translation>میانگین زمان رسیدگی</translation>
    </message>
    <message>
        <source>Average hold</source>
        <translation>میانگین زمان نگه‌داشت (هولد)</translation>
    </message>
    <message>
        <source>Average hold of held calls</source>
        <translation>میانگین نگه‌داشت تماس‌های نگه‌داشته‌شده</translation>
    </message>
    <message>
        <source>Average speed of answer</source>
        <translation>میانگین سرعت پاسخ‌گویی</translation>
    </message>
    <message>
        <source>Average talk time</source>
        <translation>میانگین زمان مکالمه</translation>
    </message>
    <message>
        <source>Average time to abandon</source>
        <translation>میانگین زمان تا رهاسازی</translation>
    </message>
    <message>
        <source>Average wait of all</source>
        <translation>میانگین زمان انتظار کل</translation>
    </message>
    <message>
        <source>Average wait of those who waited</source>
        <translation>میانگین انتظار منتظرماندگان</translation>
    </message>
    <message>
        <source>Busy agents</source>
        <translation>کارشناسان مشغول</translation>
    </message>
    <message>
        <source>Call arrival rate</source>
        <translation>نرخ ورود تماس</translation>
    </message>
    <message>
        <source>Callers in queue now</source>
        <translation>تعداد در صف انتظار</translation>
    </message>
    <message>
        <source>Callers who hung up after the short-abandon threshold, of the calls that left the queue but the short abandons.</source>
        <translation>تماس‌گیرندگانی که پس از آستانهٔ رهاشدهٔ کوتاه قطع کردند، از تماس‌هایی که از صف خارج شده‌اند به جز رهاشده‌های کوتاه.</translation>
    </message>
    <message>
        <source>Callers who hung up after waiting no longer than the short-abandon threshold.</source>
        <translation>تماس‌گیرندگانی که قطع کردند و انتظارشان از آستانهٔ رهاشدهٔ کوتاه بیشتر نبود.</translation>
    </message>
    <message>
        <source>Callers who hung up while waiting, of the calls that left the queue.</source>
        <translation>تماس‌گیرندگانی که هنگام انتظار قطع کردند، از تماس‌هایی که از صف خارج شده‌اند.</translation>
    </message>
    <message>
        <source>Callers who hung up while waiting.</source>
        <translation>تماس‌گیرندگانی که هنگام انتظار قطع کردند.</translation>
    </message>
    <message>
        <source>Callers who left the queue by pressing a key.</source>
        <translation>تماس‌گیرندگانی که با فشردن کلید از صف خارج شدند.</translation>
    </message>
    <message>
        <source>Callers who left the queue for elsewhere: sent away by the system or by a key.</source>
        <translation>تماس‌گیرندگانی که از صف به جای دیگری رفتند: سامانه آن‌ها را فرستاد یا خودشان با کلید رفتند.</translation>
    </message>
    <message>
        <source>Callers who wait in a queue now.</source>
        <translation>تماس‌گیرندگانی که اکنون در صف منتظرند.</translation>
    </message>
    <message>
        <source>Callers whom the system sent away at the queue&apos;s time limit.</source>
        <translation>تماس‌گیرندگانی که سامانه در پایان مهلت صف آن‌ها را بیرون فرستاد.</translation>
    </message>
    <message>
        <source>Callers whom the system sent away because nobody was there to answer.</source>
        <translation>تماس‌گیرندگانی که سامانه به دلیل نبودن کارشناس بیرون فرستاد.</translation>
    </message>
    <message>
        <source>Callers whom the system took out of the queue for another reason.</source>
        <translation>تماس‌گیرندگانی که سامانه به دلیل دیگری از صف بیرون برد.</translation>
    </message>
    <message>
        <source>Calls answered or abandoned within the target, of all that were offered.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده یا رها شدند، از همهٔ تماس‌های ورودی.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of all that were offered; who still waits within the target is not counted yet.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از همهٔ تماس‌های ورودی؛ کسی که هنوز در زمان هدف منتظر است به شمار نیامده است.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of the answered and abandoned ones; switches count flow-outs too and leave out short or all abandons.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از پاسخ‌داده‌شده‌ها و رهاشده‌ها؛ با گزینه‌ها می‌توان سرریزها را هم شمرد و رهاشده‌های کوتاه یا همهٔ رهاشده‌ها را کنار گذاشت.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of the answered calls.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از تماس‌های پاسخ‌داده‌شده.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of the answered calls; 0 while none was answered.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از تماس‌های پاسخ‌داده‌شده؛ تا وقتی پاسخی نباشد صفر است.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of the offered ones but the short abandons.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از تماس‌های ورودی به جز رهاشده‌های کوتاه.</translation>
    </message>
    <message>
        <source>Calls answered within the target, of the offered ones but those that were abandoned within the target.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده شدند، از تماس‌های ورودی به جز آن‌هایی که در زمان هدف رها شدند.</translation>
    </message>
    <message>
        <source>Calls answered, abandoned or sent away within the target, of all that were answered, abandoned or sent away; 0 while there were none.</source>
        <translation>تماس‌هایی که در زمان هدف پاسخ داده، رها یا بیرون فرستاده شدند، از همهٔ پاسخ‌داده‌شده‌ها، رهاشده‌ها و بیرون‌فرستاده‌ها؛ تا وقتی تماسی نباشد صفر است.</translation>
    </message>
    <message>
        <source>Calls per agent hour</source>
        <translation>تماس در ساعت هر کارشناس</translation>
    </message>
    <message>
        <source>Calls served within the target, as the queue&apos;s own profile counts them.</source>
        <translation>تماس‌هایی که در زمان هدف رسیدگی شدند، آن‌گونه که تعریف انتخاب‌شدهٔ همان صف می‌شمارد.</translation>
    </message>
    <message>
        <source>Calls that ended while we could not see; they are in no percentage.</source>
        <translation>تماس‌هایی که پایانشان را ندیدیم؛ در هیچ درصدی نیامده‌اند.</translation>
    </message>
    <message>
        <source>Calls that entered the queue, for each hour of the window.</source>
        <translation>تماس‌هایی که وارد صف شدند، به ازای هر ساعت از بازه.</translation>
    </message>
    <message>
        <source>Calls that entered the queue.</source>
        <translation>تماس‌هایی که وارد صف شدند.</translation>
    </message>
    <message>
        <source>Calls that left the queue within the target for whatever reason, of all offered.</source>
        <translation>تماس‌هایی که به هر دلیلی در زمان هدف از صف خارج شدند، از همهٔ تماس‌های ورودی.</translation>
    </message>
    <message>
        <source>Calls that reached an agent.</source>
        <translation>تماس‌هایی که به کارشناس رسیدند.</translation>
    </message>
    <message>
        <source>Calls that the agent passed on, of the answered calls.</source>
        <translation>تماس‌هایی که کارشناس انتقال داد، از تماس‌های پاسخ‌داده‌شده.</translation>
    </message>
    <message>
        <source>End not seen</source>
        <translation>پایان نامعلوم</translation>
    </message>
    <message>
        <source>First-call resolution by no repeat</source>
        <translation>حل در اولین تماس بر مبنای عدم تماس مجدد (FCR)</translation>
    </message>
    <message>
        <source>Flow-outs</source>
        <translation>سرریز / خروج از صف</translation>
    </message>
    <message>
        <source>Free agents</source>
        <translation>کارشناسان آزاد</translation>
    </message>
    <message>
        <source>Half of the answered callers waited no longer than this.</source>
        <translation>نیمی از تماس‌گیرندگان پاسخ‌گرفته بیش از این منتظر نماندند.</translation>
    </message>
    <message>
        <source>Handle time per contact</source>
        <translation>زمان رسیدگی به هر مراجعه</translation>
    </message>
    <message>
        <source>Handled</source>
        <translation>رسیدگی‌شده</translation>
    </message>
    <message>
        <source>How long agents talked on average for each handled call; hold is part of it where the system does not tell it apart.</source>
        <translation>میانگین زمان مکالمهٔ کارشناسان در هر تماس رسیدگی‌شده؛ اگر سامانه نگه‌داشت را جدا نگوید، جزء آن است.</translation>
    </message>
    <message>
        <source>How long answered callers waited on average, no wait included.</source>
        <translation>میانگین انتظار تماس‌گیرندگان پاسخ‌گرفته؛ انتظارهای صفر هم به شمار آمده‌اند.</translation>
    </message>
    <message>
        <source>How long answered callers who had to wait at all waited on average.</source>
        <translation>میانگین انتظار تماس‌گیرندگان پاسخ‌گرفته‌ای که ناچار به انتظار شدند.</translation>
    </message>
    <message>
        <source>How long callers waited on average, however their wait ended.</source>
        <translation>میانگین انتظار تماس‌گیرندگان، انتظارشان هر طور که پایان یافته باشد.</translation>
    </message>
    <message>
        <source>How long callers were on hold on average for each call whose hold is told.</source>
        <translation>میانگین زمان پشت خط ماندن تماس‌گیرندگان در هر تماسی که زمان نگه‌داشت آن گفته شده است.</translation>
    </message>
    <message>
        <source>How long callers were on hold on average, of those who were at all.</source>
        <translation>میانگین زمان پشت خط ماندن، از کسانی که دست‌کم یک بار پشت خط ماندند.</translation>
    </message>
    <message>
        <source>How long callers who hung up had waited on average.</source>
        <translation>میانگین زمانی که تماس‌گیرندگان قطع‌کرده منتظر مانده بودند.</translation>
    </message>
    <message>
        <source>How long the caller who waits longest now has waited.</source>
        <translation>زمان انتظار کسی که اکنون بیش از همه منتظر مانده است.</translation>
    </message>
    <message>
        <source>How long the work after a call took on average, where the system tells it.</source>
        <translation>میانگین زمان کار پس از تماس، در تماس‌هایی که سامانه آن را می‌گوید.</translation>
    </message>
    <message>
        <source>How often an agent&apos;s phone rang for a caller in vain; one call may count several times.</source>
        <translation>شمار دفعاتی که تلفن کارشناس برای تماس‌گیرنده زنگ خورد و پاسخ داده نشد؛ یک تماس می‌تواند چند بار به شمار آید.</translation>
    </message>
    <message>
        <source>In call</source>
        <translation>در مکالمه</translation>
    </message>
    <message>
        <source>Left an empty queue</source>
        <translation>خروج از صف بدون کارشناس</translation>
    </message>
    <message>
        <source>Left by key</source>
        <translation>خروج با کلید</translation>
    </message>
    <message>
        <source>Left otherwise</source>
        <translation>خروج به دلیل دیگر</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>زمان حضور در سامانه</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>بیشترین انتظار</translation>
    </message>
    <message>
        <source>Longest wait in the window</source>
        <translation>بیشترین زمان انتظار در بازه</translation>
    </message>
    <message>
        <source>Longest waiting now</source>
        <translation>بیشترین انتظار جاری</translation>
    </message>
    <message>
        <source>Nine of ten answered callers waited no longer than this.</source>
        <translation>از هر ده تماس‌گیرندهٔ پاسخ‌گرفته، نه نفر بیش از این منتظر نماندند.</translation>
    </message>
    <message>
        <source>Nineteen of twenty answered callers waited no longer than this.</source>
        <translation>از هر بیست تماس‌گیرندهٔ پاسخ‌گرفته، نوزده نفر بیش از این منتظر نماندند.</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>زمان عدم آمادگی</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>ضریب اشغال کارشناس (Occupancy)</translation>
    </message>
    <message>
        <source>Occupancy of logged-in time</source>
        <translation>ضریب اشغال بر مبنای زمان حضور</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>ورودی به صف</translation>
    </message>
    <message>
        <source>Offers to agents that nobody took, of all offers to agents.</source>
        <translation>ارجاع‌هایی به کارشناسان که پاسخ داده نشدند، از همهٔ ارجاع‌ها به کارشناسان.</translation>
    </message>
    <message>
        <source>Repeat-call rate</source>
        <translation>نرخ تماس مجدد</translation>
    </message>
    <message>
        <source>Ring no answer</source>
        <translation>بی‌پاسخ‌ماندن زنگ کارشناس</translation>
    </message>
    <message>
        <source>Ring no answer, %</source>
        <translation>درصد زنگ‌های بی‌پاسخ کارشناس</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>سطح سرویس</translation>
    </message>
    <message>
        <source>Service level as Amazon Connect</source>
        <translation>سطح سرویس به روش Amazon Connect</translation>
    </message>
    <message>
        <source>Service level as Asterisk</source>
        <translation>سطح سرویس به روش استریسک</translation>
    </message>
    <message>
        <source>Service level as Asterisk, with abandons</source>
        <translation>سطح سرویس به روش استریسک، با رهاشده‌ها</translation>
    </message>
    <message>
        <source>Service level as Genesys</source>
        <translation>سطح سرویس به روش Genesys</translation>
    </message>
    <message>
        <source>Service level, abandons in target counted as served</source>
        <translation>سطح سرویس با احتساب مثبت رهاشده‌های زیر آستانه</translation>
    </message>
    <message>
        <source>Service level, abandons in target ignored</source>
        <translation>سطح سرویس بدون احتساب رهاشده‌های زیر آستانه</translation>
    </message>
    <message>
        <source>Service level, of all offered</source>
        <translation>سطح سرویس بر مبنای ورودی</translation>
    </message>
    <message>
        <source>Service level, of the answered</source>
        <translation>سطح سرویس بر مبنای پاسخ‌داده‌شده</translation>
    </message>
    <message>
        <source>Service level, short abandons excluded</source>
        <translation>سطح سرویس بدون رهاشده‌های کوتاه</translation>
    </message>
    <message>
        <source>Short abandons</source>
        <translation>رهاشدهٔ کوتاه</translation>
    </message>
    <message>
        <source>Talk, hold and work after the call of all agents whom a caller was passed to, on average for each handled contact.</source>
        <translation>مکالمه، نگه‌داشت و کار پس از تماس همهٔ کارشناسانی که تماس به آن‌ها رسید، میانگین هر مراجعهٔ رسیدگی‌شده.</translation>
    </message>
    <message>
        <source>Talk, hold and work after the call, on average for each handled call.</source>
        <translation>مکالمه، نگه‌داشت و کار پس از تماس، میانگین هر تماس رسیدگی‌شده.</translation>
    </message>
    <message>
        <source>The longest wait of the calls that are over.</source>
        <translation>بیشترین زمان انتظار در تماس‌هایی که پایان یافته‌اند.</translation>
    </message>
    <message>
        <source>Time ready for calls, of the time that agents were logged in.</source>
        <translation>زمان آماده‌به‌کار، از زمانی که کارشناسان در سامانه حاضر بودند.</translation>
    </message>
    <message>
        <source>Time that agents were logged in, each person once, added up.</source>
        <translation>مجموع زمان حضور کارشناسان در سامانه؛ هر نفر یک بار.</translation>
    </message>
    <message>
        <source>Time that agents were on a break of whatever reason, added up.</source>
        <translation>مجموع زمان استراحت کارشناسان، به هر دلیل.</translation>
    </message>
    <message>
        <source>Time with calls and the work after them, of all time that agents were logged in.</source>
        <translation>زمان تماس و کار پس از آن، از همهٔ زمانی که کارشناسان در سامانه حاضر بودند.</translation>
    </message>
    <message>
        <source>Time with calls and the work after them, of that time and the time ready for calls; breaks are in neither.</source>
        <translation>زمان تماس و کار پس از آن، از مجموع آن و زمان آماده‌به‌کار؛ استراحت در هیچ‌کدام نیست.</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>پایان مهلت انتظار</translation>
    </message>
    <message>
        <source>Transfer rate</source>
        <translation>نرخ انتقال تماس</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>انتقال‌یافته</translation>
    </message>
    <message>
        <source>Wait, 50th percentile</source>
        <translation>صدک ۵۰ انتظار</translation>
    </message>
    <message>
        <source>Wait, 90th percentile</source>
        <translation>صدک ۹۰ انتظار</translation>
    </message>
    <message>
        <source>Wait, 95th percentile</source>
        <translation>صدک ۹۵ انتظار</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>در انتظار</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>These service levels count different calls, so they are neither compared nor added up.</source>
        <translation>این سطح‌های سرویس تماس‌های یکسانی را نمی‌شمارند؛ پس نه با هم سنجیده می‌شوند و نه با هم جمع.</translation>
    </message>
    <message>
        <source>all abandons left out</source>
        <translation>بدون همهٔ رهاشده‌ها</translation>
    </message>
    <message>
        <source>flow-outs counted</source>
        <translation>با احتساب سرریزها</translation>
    </message>
    <message>
        <source>short abandons left out</source>
        <translation>بدون رهاشده‌های کوتاه</translation>
    </message>
</context>
<context>
    <name>LiveColumn</name>
    <message>
        <source>Agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>تماس‌گیرنده</translation>
    </message>
    <message>
        <source>For</source>
        <translation>مدت</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>از ساعت</translation>
    </message>
    <message>
        <source>State</source>
        <translation>وضعیت</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Further notices: {number}</source>
        <translation>پیام‌های دیگر: {number}</translation>
    </message>
    <message>
        <source>Since {time}.</source>
        <translation>از ساعت {time}.</translation>
    </message>
    <message>
        <source>The call center has gone silent. We keep asking.</source>
        <translation>مرکز تماس خاموش شده است. پرسش ادامه دارد.</translation>
    </message>
    <message>
        <source>The figures shown are of {time}.</source>
        <translation>ارقام نمایش‌داده‌شده مربوط به ساعت {time} است.</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>A mistake in the program prevented this ({reason}). Please report it.</source>
        <translation>اشکالی در برنامه مانع این کار شد ({reason}). لطفاً آن را گزارش دهید.</translation>
    </message>
    <message>
        <source>So {name} cannot be opened. Put that right and start the program again, or connect it again here.</source>
        <translation>پس {name} باز نمی‌شود. این را برطرف و برنامه را دوباره اجرا کنید، یا همین‌جا آن را از نو متصل کنید.</translation>
    </message>
    <message>
        <source>The address of {name} is another one than when its password was told, so the password is not told there. Connect it again here and enter the password.</source>
        <translation>نشانی {name} دیگر همانی نیست که گذرواژه برای آن گفته شد؛ پس گذرواژه به آنجا گفته نمی‌شود. همین‌جا دوباره به آن متصل شوید و گذرواژه را وارد کنید.</translation>
    </message>
    <message>
        <source>The password of {name} is not where it was kept any more. Connect it again here.</source>
        <translation>گذرواژهٔ {name} دیگر در جایی که نگه داشته شده بود نیست. همین‌جا آن را از نو متصل کنید.</translation>
    </message>
    <message>
        <source>There is a connection of this name already. Press the button again to replace it, or choose another name.</source>
        <translation>اتصالی به این نام هست. برای جایگزین کردن آن دکمه را دوباره بزنید، یا نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>This is too much like the connection {name}; choose another name.</source>
        <translation>این نام بیش از حد به اتصال {name} شبیه است؛ نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>Use letters, digits, single spaces and - _ . @ only, 64 characters at most.</source>
        <translation>تنها حروف، ارقام، فاصلهٔ تکی و - _ . @ را به کار ببرید، حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>Without its password {name} cannot be opened. Start the program again to be asked for it, or connect it again here.</source>
        <translation>بدون گذرواژه {name} باز نمی‌شود. برنامه را دوباره اجرا کنید تا پرسیده شود، یا همین‌جا آن را از نو متصل کنید.</translation>
    </message>
    <message>
        <source>{name} cannot be opened: nothing that is installed knows systems of the kind {kind}. Install its package again, or connect another system here.</source>
        <translation>‏{name} باز نمی‌شود: هیچ بستهٔ نصب‌شده‌ای سامانه‌های نوع {kind} را نمی‌شناسد. بستهٔ آن را دوباره نصب کنید، یا همین‌جا سامانهٔ دیگری متصل کنید.</translation>
    </message>
    <message>
        <source>{name} cannot be opened: the package for systems of the kind {kind} cannot be loaded ({reason}). Install it again, or connect another system here.</source>
        <translation>‏{name} باز نمی‌شود: بستهٔ سامانه‌های نوع {kind} بارگذاری نمی‌شود ({reason}). آن را دوباره نصب کنید، یا همین‌جا سامانهٔ دیگری متصل کنید.</translation>
    </message>
    <message>
        <source>{name} has no connection: its calls were imported from a log. Connect its system here to see it live.</source>
        <translation>{name} اتصال ندارد: تماس‌هایش از لاگ وارد شده است. برای دیدن زنده، سامانه‌اش را اینجا متصل کنید.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>هشدارها</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>History</source>
        <translation>تاریخچه</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نمای کلی</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>گزارش‌ها</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>تنظیمات</translation>
    </message>
    <message>
        <source>TV boards</source>
        <translation>تلویزیون‌ها</translation>
    </message>
</context>
<context>
    <name>PageHistory</name>
    <message>
        <source>Nothing is stored of this connection yet. What happens from now on will be: look here again in a minute.</source>
        <translation>هنوز چیزی از این اتصال ذخیره نشده است. از این پس رویدادها ذخیره می‌شوند: یک دقیقهٔ دیگر دوباره اینجا را ببینید.</translation>
    </message>
    <message>
        <source>Of this time only sums are kept, so its calls cannot be listed. Choose a later time.</source>
        <translation>از این زمان تنها جمع‌ها نگه داشته شده است و تماس‌هایش را نمی‌توان فهرست کرد. زمان تازه‌تری را انتخاب کنید.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Ask the system now</source>
        <translation>پرسش فوری از سامانه</translation>
    </message>
    <message>
        <source>Connect a system</source>
        <translation>اتصال یک سامانه</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>جستجو</translation>
    </message>
    <message>
        <source>Find a page, queue, agent or action</source>
        <translation>یافتن صفحه، صف، کارشناس یا کار</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>یافته‌ها</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>تمام‌صفحه</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>راهنما</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>کلیدها</translation>
    </message>
    <message>
        <source>Language: {language}</source>
        <translation>زبان: {language}</translation>
    </message>
    <message>
        <source>Nothing found. Try fewer letters.</source>
        <translation>چیزی یافت نشد. حروف کمتری بنویسید.</translation>
    </message>
    <message>
        <source>Settings: {name}</source>
        <translation>تنظیمات: {name}</translation>
    </message>
    <message>
        <source>Start a TV board on its screen</source>
        <translation>شروع تابلوی تلویزیون روی نمایشگرش</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>پوسته: تیره</translation>
    </message>
    <message>
        <source>Theme: high contrast</source>
        <translation>پوسته: کنتراست بالا</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>پوسته: روشن</translation>
    </message>
    <message>
        <source>action</source>
        <translation>کار</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>explain</source>
        <translation>توضیح</translation>
    </message>
    <message>
        <source>figures of</source>
        <translation>ارقام بازهٔ</translation>
    </message>
    <message>
        <source>page</source>
        <translation>صفحه</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>تنظیم</translation>
    </message>
    <message>
        <source>supervise</source>
        <translation>سرپرستی</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>Key figures</source>
        <translation>ارقام اصلی</translation>
    </message>
    <message>
        <source>Last 60 minutes</source>
        <translation>۶۰ دقیقهٔ گذشته</translation>
    </message>
    <message>
        <source>Longest in their state</source>
        <translation>بیشترین زمان در وضعیت کنونی</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>صفحه‌ها</translation>
    </message>
    <message>
        <source>Queues, worst first</source>
        <translation>صف‌ها، بدترین در آغاز</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>وضعیت</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>About this report</source>
        <translation>دربارهٔ این گزارش</translation>
    </message>
    <message>
        <source>Days before</source>
        <translation>روزهای پیشین</translation>
    </message>
    <message>
        <source>Definitions</source>
        <translation>تعریف‌ها</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>شاخص</translation>
    </message>
    <message>
        <source>For a pivot table</source>
        <translation>برای جدول محوری</translation>
    </message>
    <message>
        <source>How it is formed</source>
        <translation>چگونه محاسبه می‌شود</translation>
    </message>
    <message>
        <source>Nothing in this time.</source>
        <translation>در این زمان چیزی نبوده است.</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>مورد</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>صفحهٔ {page} از {pages}</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>زمان</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>جمع</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>واحد</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>مقدار</translation>
    </message>
    <message>
        <source>What it counts</source>
        <translation>چه چیزی را می‌شمارد</translation>
    </message>
    <message>
        <source>count</source>
        <translation>تعداد</translation>
    </message>
    <message>
        <source>number</source>
        <translation>عدد</translation>
    </message>
    <message>
        <source>share</source>
        <translation>سهم</translation>
    </message>
    <message>
        <source>time</source>
        <translation>مدت</translation>
    </message>
    <message>
        <source>{file} was not written: another program has it open. Close it there and try again, or choose another name.</source>
        <translation>{file} نوشته نشد: برنامهٔ دیگری آن را باز دارد. آنجا ببندید و دوباره تلاش کنید، یا نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: it has more rows than a sheet can hold. Choose a shorter time, or CSV.</source>
        <translation>{file} نوشته نشد: سطرهای آن بیش از گنجایش یک برگه است. زمان کوتاه‌تر یا CSV را برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: it is larger than this place takes. Choose a shorter time, or another place.</source>
        <translation>{file} نوشته نشد: از گنجایش این محل بزرگ‌تر است. زمان کوتاه‌تر یا محل دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: its folder is not there. Plug in the drive, or choose another folder.</source>
        <translation>{file} نوشته نشد: پوشهٔ آن سر جایش نیست. درایو را وصل کنید یا پوشهٔ دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: nobody here may write into its folder. Choose another.</source>
        <translation>{file} نوشته نشد: اینجا اجازهٔ نوشتن در پوشهٔ آن نیست. پوشهٔ دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: the disk is full. Make room there, or choose another.</source>
        <translation>{file} نوشته نشد: دیسک پر است. آنجا جا باز کنید یا جای دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: the system says “{detail}”. Try again, or choose another place.</source>
        <translation>{file} نوشته نشد: سامانه می‌گوید «{detail}». دوباره تلاش کنید یا جای دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{file} was not written: there is a folder of this name. Choose another name.</source>
        <translation>{file} نوشته نشد: پوشه‌ای به این نام هست. نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>{heading} (Jalali)</source>
        <translation>{heading} (شمسی)</translation>
    </message>
    <message>
        <source>{heading} (s)</source>
        <translation>{heading} (ثانیه)</translation>
    </message>
</context>
<context>
    <name>Part</name>
    <message>
        <source>{number} abandoned</source>
        <translation>{number} رهاشده</translation>
    </message>
    <message>
        <source>{number} abandoned, without short abandons</source>
        <translation>{number} رهاشده، بدون رهاشده‌های کوتاه</translation>
    </message>
    <message>
        <source>{number} agent hours</source>
        <translation>{number} ساعت کارشناس</translation>
    </message>
    <message>
        <source>{number} answered</source>
        <translation>{number} پاسخ‌داده‌شده</translation>
    </message>
    <message>
        <source>{number} answered after a wait</source>
        <translation>{number} پاسخ‌داده‌شده پس از انتظار</translation>
    </message>
    <message>
        <source>{number} answered or abandoned within {target}</source>
        <translation>{number} پاسخ‌داده‌شده یا رهاشده در {target}</translation>
    </message>
    <message>
        <source>{number} answered whose number is known</source>
        <translation>{number} پاسخ‌داده‌شده با شمارهٔ معلوم</translation>
    </message>
    <message>
        <source>{number} answered within {target}</source>
        <translation>{number} پاسخ‌داده‌شده در {target}</translation>
    </message>
    <message>
        <source>{number} answered, abandoned or sent away</source>
        <translation>{number} پاسخ‌داده‌شده، رهاشده یا خارج‌شده</translation>
    </message>
    <message>
        <source>{number} answered, abandoned or sent away within {target}</source>
        <translation>{number} پاسخ‌داده‌شده، رهاشده یا خارج‌شده در {target}</translation>
    </message>
    <message>
        <source>{number} contacts</source>
        <translation>{number} تماس‌گیرنده</translation>
    </message>
    <message>
        <source>{number} handled</source>
        <translation>{number} رسیدگی‌شده</translation>
    </message>
    <message>
        <source>{number} held</source>
        <translation>{number} نگه‌داشته‌شده</translation>
    </message>
    <message>
        <source>{number} hours</source>
        <translation>{number} ساعت</translation>
    </message>
    <message>
        <source>{number} logged in</source>
        <translation>{number} حضور در سامانه</translation>
    </message>
    <message>
        <source>{number} of after-call work</source>
        <translation>{number} کار پس از تماس</translation>
    </message>
    <message>
        <source>{number} of talk</source>
        <translation>{number} مکالمه</translation>
    </message>
    <message>
        <source>{number} of talk, hold and after-call work</source>
        <translation>{number} مکالمه، نگه‌داشت و کار پس از تماس</translation>
    </message>
    <message>
        <source>{number} of waiting</source>
        <translation>{number} انتظار</translation>
    </message>
    <message>
        <source>{number} offered</source>
        <translation>{number} ورودی به صف</translation>
    </message>
    <message>
        <source>{number} offered, without abandoned within {target}</source>
        <translation>{number} ورودی به صف، بدون رهاشده‌ها در {target}</translation>
    </message>
    <message>
        <source>{number} offered, without short abandons</source>
        <translation>{number} ورودی به صف، بدون رهاشده‌های کوتاه</translation>
    </message>
    <message>
        <source>{number} offers to agents</source>
        <translation>{number} زنگ به کارشناسان</translation>
    </message>
    <message>
        <source>{number} on hold</source>
        <translation>{number} نگه‌داشت</translation>
    </message>
    <message>
        <source>{number} passed on</source>
        <translation>{number} انتقال‌یافته</translation>
    </message>
    <message>
        <source>{number} ready for calls</source>
        <translation>{number} آماده‌به‌کار</translation>
    </message>
    <message>
        <source>{number} rung in vain</source>
        <translation>{number} زنگ بی‌پاسخ</translation>
    </message>
    <message>
        <source>{number} that called again</source>
        <translation>{number} با تماس مجدد</translation>
    </message>
    <message>
        <source>{number} that did not call again</source>
        <translation>{number} بدون تماس مجدد</translation>
    </message>
    <message>
        <source>{number} that its switches count</source>
        <translation>{number} به‌شمارآمده با گزینه‌های آن</translation>
    </message>
    <message>
        <source>{number} that left the queue</source>
        <translation>{number} خارج‌شده از صف</translation>
    </message>
    <message>
        <source>{number} that left the queue within {target}</source>
        <translation>{number} خارج‌شده از صف در {target}</translation>
    </message>
    <message>
        <source>{number} that left the queue, without short abandons</source>
        <translation>{number} خارج‌شده از صف، بدون رهاشده‌های کوتاه</translation>
    </message>
    <message>
        <source>{number} whose after-call work is known</source>
        <translation>{number} با کار پس از تماس معلوم</translation>
    </message>
    <message>
        <source>{number} whose hold is known</source>
        <translation>{number} با نگه‌داشت معلوم</translation>
    </message>
    <message>
        <source>{number} whose wait is known</source>
        <translation>{number} با انتظار معلوم</translation>
    </message>
    <message>
        <source>{number} with calls</source>
        <translation>{number} رسیدگی به تماس</translation>
    </message>
    <message>
        <source>{number} with calls or ready for them</source>
        <translation>{number} رسیدگی به تماس یا آماده‌به‌کار</translation>
    </message>
</context>
<context>
    <name>Queues</name>
    <message>
        <source>Callers and agents of the queue</source>
        <translation>تماس‌گیرندگان و کارشناسان صف</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>بستن</translation>
    </message>
    <message>
        <source>Figures of the queue</source>
        <translation>ارقام صف</translation>
    </message>
    <message>
        <source>Filter queues</source>
        <translation>فیلتر صف‌ها</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>گروه‌ها</translation>
    </message>
    <message>
        <source>Heading {column}: Enter sorts by it</source>
        <translation>سرستون {column}: با Enter بر این پایه مرتب می‌شود</translation>
    </message>
    <message>
        <source>No queue&apos;s name has {typed} in it. Esc in the filter shows all again.</source>
        <translation>نام هیچ صفی {typed} ندارد. کلید Esc در کادر فیلتر همه را دوباره نشان می‌دهد.</translation>
    </message>
    <message>
        <source>Nobody waits, and no agent is in this queue.</source>
        <translation>کسی در انتظار نیست و هیچ کارشناسی در این صف نیست.</translation>
    </message>
    <message>
        <source>Queue {name} in detail</source>
        <translation>جزئیات صف {name}</translation>
    </message>
    <message>
        <source>Queues, sorted by {column}, highest first</source>
        <translation>صف‌ها به ترتیب {column}، از بیشترین</translation>
    </message>
    <message>
        <source>Queues, sorted by {column}, lowest first</source>
        <translation>صف‌ها به ترتیب {column}، از کمترین</translation>
    </message>
    <message>
        <source>Queues: {number}</source>
        <translation>تعداد صف‌ها: {number}</translation>
    </message>
    <message>
        <source>Queues: {number} of {all}</source>
        <translation>صف‌ها: {number} از {all}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>در انتظار</translation>
    </message>
    <message>
        <source>is not there any more</source>
        <translation>دیگر وجود ندارد</translation>
    </message>
    <message>
        <source>number withheld</source>
        <translation>شماره پنهان</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Find</source>
        <translation>جستجو</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>راهنما</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>کلیدها</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>Agents logged in</source>
        <translation>کارشناسان حاضر در سامانه</translation>
    </message>
    <message>
        <source>Busy agents</source>
        <translation>کارشناسان مشغول</translation>
    </message>
    <message>
        <source>Callers waiting</source>
        <translation>تماس‌گیرندگان منتظر</translation>
    </message>
    <message>
        <source>Calls, deviations from what is usual then</source>
        <translation>تماس‌ها، انحراف از معمول آن زمان</translation>
    </message>
    <message>
        <source>Free agents</source>
        <translation>کارشناسان آزاد</translation>
    </message>
    <message>
        <source>Longest wait now</source>
        <translation>بیشترین انتظار کنونی</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>قطع منبع داده</translation>
    </message>
    <message>
        <source>Time in one call</source>
        <translation>مدت یک مکالمه</translation>
    </message>
    <message>
        <source>Time in wrap-up</source>
        <translation>مدت پس از تماس</translation>
    </message>
    <message>
        <source>Time on break</source>
        <translation>مدت استراحت</translation>
    </message>
    <message>
        <source>Time ringing</source>
        <translation>مدت زنگ خوردن</translation>
    </message>
    <message>
        <source>Time with a caller on hold</source>
        <translation>مدت پشت خط نگه‌داشتن</translation>
    </message>
    <message>
        <source>Time without data</source>
        <translation>مدت بی‌دادگی</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Agents must be told here that somebody is in the call, and there is no way to tell them.</source>
        <translation>اینجا باید به کارشناس خبر داد که کسی در تماس است و راهی برای خبر دادن نیست.</translation>
    </message>
    <message>
        <source>Another call than the one you chose was reached; it was ended at once.</source>
        <translation>به تماسی جز آنچه انتخاب کرده بودید رسید؛ بی‌درنگ پایان داده شد.</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>اتصال رد شد</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>طرف مقابل ارتباط را قطع کرد</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>مهلت اتصال تمام شد</translation>
    </message>
    <message>
        <source>Host is unreachable</source>
        <translation>میزبان در دسترس نیست</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>پوشه است، نه پرونده</translation>
    </message>
    <message>
        <source>It came too late; nothing was done.</source>
        <translation>درخواست دیر رسید؛ هیچ کاری انجام نشد.</translation>
    </message>
    <message>
        <source>It holds characters that must not be sent to the PBX.</source>
        <translation>نویسه‌هایی دارد که نباید به سامانهٔ تلفنی فرستاده شود.</translation>
    </message>
    <message>
        <source>It is another call by now.</source>
        <translation>اکنون تماس دیگری است.</translation>
    </message>
    <message>
        <source>It is not known whether it was done: look before you try again.</source>
        <translation>معلوم نیست انجام شده باشد: پیش از تلاش دوباره بررسی کنید.</translation>
    </message>
    <message>
        <source>It reached another call than the one that was meant; it was ended at once.</source>
        <translation>به تماسی جز آنچه منظور بود رسید؛ بی‌درنگ پایان داده شد.</translation>
    </message>
    <message>
        <source>It was done in some of the queues only.</source>
        <translation>تنها در برخی از صف‌ها انجام شد.</translation>
    </message>
    <message>
        <source>It was ended before it began.</source>
        <translation>پیش از آغاز پایان داده شد.</translation>
    </message>
    <message>
        <source>It was ended: it had lasted as long as is allowed here.</source>
        <translation>پایان داده شد: به بیشترین مدت مجاز در اینجا رسیده بود.</translation>
    </message>
    <message>
        <source>It was ended: the agent could not be told of it, and must be.</source>
        <translation>پایان داده شد: باید به کارشناس خبر داده می‌شد و نشد.</translation>
    </message>
    <message>
        <source>It was ended: the right to it was withdrawn.</source>
        <translation>پایان داده شد: اجازهٔ آن پس گرفته شد.</translation>
    </message>
    <message>
        <source>It was ended: your phone could not be muted again.</source>
        <translation>پایان داده شد: تلفن شما دوباره بی‌صدا نشد.</translation>
    </message>
    <message>
        <source>It was said to have begun, and was never seen.</source>
        <translation>گفته شد که آغاز شده، ولی هرگز دیده نشد.</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>شبکه در دسترس نیست</translation>
    </message>
    <message>
        <source>No phone of the supervisor&apos;s is set for this connection.</source>
        <translation>برای این اتصال تلفن سرپرست تعیین نشده است.</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>مسیری به میزبان نیست</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>چنین پرونده یا پوشه‌ای نیست</translation>
    </message>
    <message>
        <source>Nobody may monitor this agent.</source>
        <translation>هیچ‌کس اجازهٔ شنود این کارشناس را ندارد.</translation>
    </message>
    <message>
        <source>Nothing was seen of it for a while.</source>
        <translation>مدتی از آن چیزی دیده نشد.</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>اجازهٔ دسترسی نیست</translation>
    </message>
    <message>
        <source>The PBX could not call your phone: all lines are busy.</source>
        <translation>سامانهٔ تلفنی نتوانست با تلفن شما تماس بگیرد: همهٔ خط‌ها مشغول‌اند.</translation>
    </message>
    <message>
        <source>The PBX did not tell what became of the call to your phone; it was ended.</source>
        <translation>سامانهٔ تلفنی نگفت که تماس با تلفن شما چه شد؛ پایان داده شد.</translation>
    </message>
    <message>
        <source>The PBX does not tell which channel is the agent&apos;s.</source>
        <translation>سامانهٔ تلفنی نمی‌گوید کدام کانال از آن کارشناس است.</translation>
    </message>
    <message>
        <source>The PBX refused it.</source>
        <translation>سامانهٔ تلفنی آن را نپذیرفت.</translation>
    </message>
    <message>
        <source>The account at the PBX may not do this.</source>
        <translation>حساب کاربری در سامانهٔ تلفنی اجازهٔ این کار را ندارد.</translation>
    </message>
    <message>
        <source>The account at the PBX may not see the calls&apos; channels.</source>
        <translation>حساب کاربری در سامانهٔ تلفنی اجازهٔ دیدن کانال تماس‌ها را ندارد.</translation>
    </message>
    <message>
        <source>The agent has another call by now.</source>
        <translation>این کارشناس اکنون تماس دیگری دارد.</translation>
    </message>
    <message>
        <source>The agent has no call.</source>
        <translation>کارشناس تماسی ندارد.</translation>
    </message>
    <message>
        <source>The agent has no phone that takes messages.</source>
        <translation>کارشناس تلفنی ندارد که پیام بگیرد.</translation>
    </message>
    <message>
        <source>The agent has several calls; which one is meant cannot be told.</source>
        <translation>کارشناس چند تماس دارد؛ معلوم نیست کدام‌یک منظور است.</translation>
    </message>
    <message>
        <source>The agent is a fixed member of the queue: only its configuration ends that.</source>
        <translation>کارشناس عضو ثابت این صف است: تنها پیکربندی آن را تغییر می‌دهد.</translation>
    </message>
    <message>
        <source>The agent is already paused.</source>
        <translation>کارشناس از پیش در استراحت است.</translation>
    </message>
    <message>
        <source>The agent is in this queue already.</source>
        <translation>کارشناس از پیش در این صف است.</translation>
    </message>
    <message>
        <source>The agent is not in this queue.</source>
        <translation>کارشناس عضو این صف نیست.</translation>
    </message>
    <message>
        <source>The agent is not paused.</source>
        <translation>کارشناس در استراحت نیست.</translation>
    </message>
    <message>
        <source>The agent is not signed in.</source>
        <translation>کارشناس وارد سامانه نشده است.</translation>
    </message>
    <message>
        <source>The agent&apos;s phone did not take the message.</source>
        <translation>تلفن کارشناس پیام را نگرفت.</translation>
    </message>
    <message>
        <source>The call ended meanwhile.</source>
        <translation>تماس در این میان پایان یافت.</translation>
    </message>
    <message>
        <source>The call is over.</source>
        <translation>تماس پایان یافته است.</translation>
    </message>
    <message>
        <source>The caller does not wait any more.</source>
        <translation>تماس‌گیرنده دیگر در صف انتظار نیست.</translation>
    </message>
    <message>
        <source>The center cannot be reached.</source>
        <translation>مرکز تماس در دسترس نیست.</translation>
    </message>
    <message>
        <source>The connection was lost meanwhile: check your phone before you try again.</source>
        <translation>اتصال در این میان قطع شد: پیش از تکرار تلفن خود را نگاه کنید.</translation>
    </message>
    <message>
        <source>The journal cannot be written, so nothing is done.</source>
        <translation>در دفتر ثبت نمی‌توان نوشت، پس هیچ کاری انجام نمی‌شود.</translation>
    </message>
    <message>
        <source>The phone is not written as one that may be called, such as PJSIP/9001.</source>
        <translation>تلفن به شکلی که بتوان با آن تماس گرفت نوشته نشده است، مانند PJSIP/9001.</translation>
    </message>
    <message>
        <source>The same is under way already.</source>
        <translation>همین درخواست هم‌اکنون در حال انجام است.</translation>
    </message>
    <message>
        <source>There is no such agent.</source>
        <translation>چنین کارشناسی نیست.</translation>
    </message>
    <message>
        <source>There is no such caller, or not any more.</source>
        <translation>چنین تماس‌گیرنده‌ای نیست، یا دیگر نیست.</translation>
    </message>
    <message>
        <source>There is no such extension on the PBX.</source>
        <translation>چنین داخلی‌ای در سامانهٔ تلفنی نیست.</translation>
    </message>
    <message>
        <source>There is no such queue.</source>
        <translation>چنین صفی نیست.</translation>
    </message>
    <message>
        <source>This PBX cannot mute your phone.</source>
        <translation>این مرکز تلفن نمی‌تواند تلفن شما را بی‌صدا کند.</translation>
    </message>
    <message>
        <source>This PBX has no such command.</source>
        <translation>این سامانهٔ تلفنی چنین فرمانی ندارد.</translation>
    </message>
    <message>
        <source>You are not listening to this agent.</source>
        <translation>شما در حال شنود این کارشناس نیستید.</translation>
    </message>
    <message>
        <source>You are not whispering to this agent.</source>
        <translation>شما با این کارشناس نجوا نمی‌کنید.</translation>
    </message>
    <message>
        <source>Your phone hung up without an answer.</source>
        <translation>تلفن شما بدون پاسخ قطع کرد.</translation>
    </message>
    <message>
        <source>Your phone is busy.</source>
        <translation>تلفن شما مشغول است.</translation>
    </message>
    <message>
        <source>Your phone is in a call of the wallboard&apos;s already: end that first.</source>
        <translation>تلفن شما از پیش در تماسی از این برنامه است: اول آن را پایان دهید.</translation>
    </message>
    <message>
        <source>Your phone is not registered, or there is no such phone.</source>
        <translation>تلفن شما ثبت نشده است، یا چنین تلفنی نیست.</translation>
    </message>
    <message>
        <source>Your phone was answered, but the PBX put no sound on it.</source>
        <translation>تلفن شما پاسخ داد، ولی سامانهٔ تلفنی صدایی روی آن نگذاشت.</translation>
    </message>
    <message>
        <source>Your phone was answered, but the caller was not connected to it.</source>
        <translation>تلفن شما پاسخ داد، ولی تماس‌گیرنده به آن وصل نشد.</translation>
    </message>
    <message>
        <source>Your phone was hung up.</source>
        <translation>گوشی شما گذاشته شد.</translation>
    </message>
    <message>
        <source>Your phone was not answered in time.</source>
        <translation>تلفن شما به‌موقع پاسخ داده نشد.</translation>
    </message>
    <message>
        <source>Your token does not reach there.</source>
        <translation>دسترسی توکن شما به آنجا نمی‌رسد.</translation>
    </message>
    <message>
        <source>Your token has no phone.</source>
        <translation>برای توکن شما تلفنی ثبت نشده است.</translation>
    </message>
    <message>
        <source>a password is not sent without encryption</source>
        <translation>گذرواژه بدون رمزنگاری فرستاده نمی‌شود</translation>
    </message>
    <message>
        <source>a queue is told twice</source>
        <translation>یک صف دو بار آمده است</translation>
    </message>
    <message>
        <source>a web page, perhaps one to log in</source>
        <translation>یک صفحهٔ وب، شاید صفحهٔ ورود</translation>
    </message>
    <message>
        <source>an answer has more pages than the mapping allows</source>
        <translation>پاسخی بیش از آنچه نگاشت اجازه می‌دهد صفحه دارد</translation>
    </message>
    <message>
        <source>certificate has expired</source>
        <translation>گواهی منقضی شده است</translation>
    </message>
    <message>
        <source>certificate is not yet valid</source>
        <translation>زمان اعتبار گواهی هنوز نرسیده است</translation>
    </message>
    <message>
        <source>it asks for a certificate of this computer</source>
        <translation>از این رایانه گواهی می‌خواهد</translation>
    </message>
    <message>
        <source>it cannot be read where it is kept</source>
        <translation>از جایی که نگه داشته شده خوانده نمی‌شود</translation>
    </message>
    <message>
        <source>it does not accept the certificate of this computer</source>
        <translation>گواهی این رایانه را نمی‌پذیرد</translation>
    </message>
    <message>
        <source>it does not know its own cursor</source>
        <translation>cursor خودش را نمی‌شناسد</translation>
    </message>
    <message>
        <source>it hangs up</source>
        <translation>ارتباط را قطع می‌کند</translation>
    </message>
    <message>
        <source>it has no end</source>
        <translation>پایانی ندارد</translation>
    </message>
    <message>
        <source>it has two times for the same queues</source>
        <translation>برای همان صف‌ها دو زمان دارد</translation>
    </message>
    <message>
        <source>it holds a colon</source>
        <translation>دونقطه دارد</translation>
    </message>
    <message>
        <source>it holds a control character</source>
        <translation>نویسهٔ کنترلی دارد</translation>
    </message>
    <message>
        <source>it holds letters that a header cannot hold</source>
        <translation>نویسه‌هایی دارد که در سرآیند نمی‌گنجد</translation>
    </message>
    <message>
        <source>it holds no certificate</source>
        <translation>گواهی در آن نیست</translation>
    </message>
    <message>
        <source>it holds what no token holds</source>
        <translation>نویسه‌ای دارد که در توکن نمی‌آید</translation>
    </message>
    <message>
        <source>it is another one than before</source>
        <translation>همان گواهی پیشین نیست</translation>
    </message>
    <message>
        <source>it is cut short</source>
        <translation>ناتمام است</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>خالی است</translation>
    </message>
    <message>
        <source>it is made out to another name</source>
        <translation>برای نام دیگری صادر شده است</translation>
    </message>
    <message>
        <source>it is neither en nor fa</source>
        <translation>نه en است و نه fa</translation>
    </message>
    <message>
        <source>it is neither yes nor no</source>
        <translation>نه yes است و نه no</translation>
    </message>
    <message>
        <source>it is no address of a service</source>
        <translation>نشانی هیچ سرویسی نیست</translation>
    </message>
    <message>
        <source>it is no header for a key</source>
        <translation>سرایند مناسبی برای کلید نیست</translation>
    </message>
    <message>
        <source>it is no name of a server</source>
        <translation>نام سرور نیست</translation>
    </message>
    <message>
        <source>it is none of starttls, tls, none</source>
        <translation>باید یکی از starttls، tls یا none باشد</translation>
    </message>
    <message>
        <source>it is not 64 hexadecimal digits</source>
        <translation>۶۴ رقم شانزده‌شانزدهی نیست</translation>
    </message>
    <message>
        <source>it is not a number from 1 to 1000</source>
        <translation>عددی از ۱ تا ۱۰۰۰ نیست</translation>
    </message>
    <message>
        <source>it is not a number from 1 to 60</source>
        <translation>عددی از ۱ تا ۶۰ نیست</translation>
    </message>
    <message>
        <source>it is not a number from 1 to 65535</source>
        <translation>عددی از ۱ تا ۶۵۵۳۵ نیست</translation>
    </message>
    <message>
        <source>it is not a whole number</source>
        <translation>عدد صحیح نیست</translation>
    </message>
    <message>
        <source>it is not encrypted, and that is not allowed</source>
        <translation>رمزنگاری نشده است و این مجاز نیست</translation>
    </message>
    <message>
        <source>it is not like /asterisk</source>
        <translation>مانند ‎/asterisk نیست</translation>
    </message>
    <message>
        <source>it is not like 10 or support=10,sales=5</source>
        <translation>به شکل 10 یا support=10,sales=5 نیست</translation>
    </message>
    <message>
        <source>it is not like Call-Info: &lt;sip:x&gt;;answer-after=0</source>
        <translation>مانند Call-Info: &lt;sip:x&gt;;answer-after=0 نیست</translation>
    </message>
    <message>
        <source>it is not like PJSIP/9001 or Local/9001@from-internal</source>
        <translation>مانند PJSIP/9001 یا Local/9001@from-internal نیست</translation>
    </message>
    <message>
        <source>it is not like from-internal</source>
        <translation>مانند from-internal نیست</translation>
    </message>
    <message>
        <source>it is not like http://name:3128</source>
        <translation>به شکل http://name:3128 نیست</translation>
    </message>
    <message>
        <source>it is not like https://name/path</source>
        <translation>به شکل https://name/path نیست</translation>
    </message>
    <message>
        <source>it is not like name@example.com</source>
        <translation>مانند name@example.com نیست</translation>
    </message>
    <message>
        <source>it is not one of socket, http, https</source>
        <translation>هیچ‌یک از socket، http و https نیست</translation>
    </message>
    <message>
        <source>it is not packed as it says</source>
        <translation>آن گونه که می‌گوید فشرده نشده است</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>دیگر آنجا نیست</translation>
    </message>
    <message>
        <source>it is packed in a way nobody asked for</source>
        <translation>به شکلی فشرده شده که درخواست نشده بود</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>بیش از اندازه بلند است</translation>
    </message>
    <message>
        <source>it wants one address at least, and 50 at the most</source>
        <translation>دست‌کم یک نشانی و حداکثر ۵۰ نشانی می‌خواهد</translation>
    </message>
    <message>
        <source>it was told for another address</source>
        <translation>برای نشانی دیگری وارد شده بود</translation>
    </message>
    <message>
        <source>its encryption does not fit ours</source>
        <translation>رمزنگاری آن با رمزنگاری ما سازگار نیست</translation>
    </message>
    <message>
        <source>its encryption is too old</source>
        <translation>رمزنگاری آن بیش از اندازه قدیمی است</translation>
    </message>
    <message>
        <source>its path holds what a path must not hold</source>
        <translation>مسیر آن نویسهٔ غیرمجاز دارد</translation>
    </message>
    <message>
        <source>its time goes back</source>
        <translation>زمانش به عقب برمی‌گردد</translation>
    </message>
    <message>
        <source>name not found</source>
        <translation>نام پیدا نشد</translation>
    </message>
    <message>
        <source>no cursor</source>
        <translation>بدون cursor</translation>
    </message>
    <message>
        <source>no list of queues; Asterisk 13 or newer is needed</source>
        <translation>فهرست صف‌ها نیامد؛ Asterisk نسخهٔ ۱۳ یا تازه‌تر لازم است</translation>
    </message>
    <message>
        <source>not supported yet</source>
        <translation>هنوز پشتیبانی نمی‌شود</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>هیچ</translation>
    </message>
    <message>
        <source>one look would take too many requests</source>
        <translation>یک نگاه درخواست‌های بیش از اندازه می‌خواهد</translation>
    </message>
    <message>
        <source>only a phone told as PJSIP/… or SIP/… takes one</source>
        <translation>فقط تلفنی که به شکل PJSIP/… یا SIP/… داده شده آن را می‌پذیرد</translation>
    </message>
    <message>
        <source>self-signed certificate</source>
        <translation>گواهی خودامضا</translation>
    </message>
    <message>
        <source>self-signed certificate in certificate chain</source>
        <translation>گواهی خودامضا در زنجیرهٔ گواهی</translation>
    </message>
    <message>
        <source>the answer to {ask} is no JSON</source>
        <translation>پاسخ {ask} جی‌سون نیست</translation>
    </message>
    <message>
        <source>the answers are too large</source>
        <translation>پاسخ‌ها بیش از اندازه بزرگ‌اند</translation>
    </message>
    <message>
        <source>the file cannot be read ({why})</source>
        <translation>پرونده خوانده نمی‌شود ({why})</translation>
    </message>
    <message>
        <source>the file is larger than {most} characters</source>
        <translation>پرونده از {most} نویسه بزرگ‌تر است</translation>
    </message>
    <message>
        <source>the next page would be on another server</source>
        <translation>صفحهٔ بعد روی سرور دیگری است</translation>
    </message>
    <message>
        <source>the paths of the mapping ask for too much of one answer</source>
        <translation>مسیرهای نگاشت از یک پاسخ کار بیش از اندازه می‌خواهند</translation>
    </message>
    <message>
        <source>the server does not offer it</source>
        <translation>سرور آن را ندارد</translation>
    </message>
    <message>
        <source>the token cannot be read</source>
        <translation>توکن خوانا نیست</translation>
    </message>
    <message>
        <source>there are more than {most} rows</source>
        <translation>بیش از {most} سطر هست</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>چنین پرونده‌ای نیست</translation>
    </message>
    <message>
        <source>there is no such kind of way out</source>
        <translation>چنین نوع مسیر ارسالی نداریم</translation>
    </message>
    <message>
        <source>there is no such scenario</source>
        <translation>چنین سناریویی نیست</translation>
    </message>
    <message>
        <source>there is no such way</source>
        <translation>چنین روشی وجود ندارد</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>مهلت تمام شد</translation>
    </message>
    <message>
        <source>unable to get local issuer certificate</source>
        <translation>مرجع صدور گواهی شناخته نیست</translation>
    </message>
    <message>
        <source>unable to verify the first certificate</source>
        <translation>درستی نخستین گواهی را نمی‌توان تأیید کرد</translation>
    </message>
    <message>
        <source>{place}: a list of fields is needed</source>
        <translation>{place}: فهرستی از فیلدها لازم است</translation>
    </message>
    <message>
        <source>{place}: a path, or a list of up to 4 of them</source>
        <translation>{place}: یک مسیر، یا فهرستی از حداکثر ۴ مسیر لازم است</translation>
    </message>
    <message>
        <source>{place}: a table is needed</source>
        <translation>{place}: یک جدول لازم است</translation>
    </message>
    <message>
        <source>{place}: a text in quotation marks is needed</source>
        <translation>{place}: متنی درون گیومه لازم است</translation>
    </message>
    <message>
        <source>{place}: a text, a number, true or false is needed</source>
        <translation>{place}: متن، عدد، true یا false لازم است</translation>
    </message>
    <message>
        <source>{place}: a whole number from {least} to {most} is needed</source>
        <translation>{place}: عددی صحیح از {least} تا {most} لازم است</translation>
    </message>
    <message>
        <source>{place}: calls that are over are counted by [ended] already; keep one of the two</source>
        <translation>{place}: تماس‌های پایان‌یافته را [ended] می‌شمارد؛ تنها یکی از این دو را نگه دارید</translation>
    </message>
    <message>
        <source>{place}: from 1 to {most} requests are needed</source>
        <translation>{place}: از ۱ تا {most} درخواست لازم است</translation>
    </message>
    <message>
        <source>{place}: from 1 to {most} words are needed</source>
        <translation>{place}: از ۱ تا {most} واژه لازم است</translation>
    </message>
    <message>
        <source>{place}: it cannot be read as TOML</source>
        <translation>{place}: به شکل TOML خواندنی نیست</translation>
    </message>
    <message>
        <source>{place}: it is not written in UTF-8</source>
        <translation>{place}: با UTF-8 نوشته نشده است</translation>
    </message>
    <message>
        <source>{place}: it must be 1, the only format that there is</source>
        <translation>{place}: باید 1 باشد، تنها قالبی که هست</translation>
    </message>
    <message>
        <source>{place}: it must begin with a slash, and have no question mark</source>
        <translation>{place}: باید با خط کج آغاز شود و علامت پرسش نداشته باشد</translation>
    </message>
    <message>
        <source>{place}: it must not lead up</source>
        <translation>{place}: نباید به پوشهٔ بالاتر برود</translation>
    </message>
    <message>
        <source>{place}: only a POST has a body</source>
        <translation>{place}: تنها POST بدنه دارد</translation>
    </message>
    <message>
        <source>{place}: put your own in here</source>
        <translation>{place}: مقدار خودتان را اینجا بگذارید</translation>
    </message>
    <message>
        <source>{place}: the path is empty</source>
        <translation>{place}: مسیر خالی است</translation>
    </message>
    <message>
        <source>{place}: the path is longer than {most} characters</source>
        <translation>{place}: مسیر از {most} نویسه درازتر است</translation>
    </message>
    <message>
        <source>{place}: the path is too deep, or has too many parts</source>
        <translation>{place}: مسیر بیش از اندازه تودرتو است یا بخش‌های زیادی دارد</translation>
    </message>
    <message>
        <source>{place}: the path {path} cannot be read</source>
        <translation>{place}: مسیر {path} خواندنی نیست</translation>
    </message>
    <message>
        <source>{place}: the path {path} cannot be read from its character {column} on</source>
        <translation>{place}: مسیر {path} از نویسهٔ {column} به بعد خواندنی نیست</translation>
    </message>
    <message>
        <source>{place}: there is no answer to {ask}</source>
        <translation>{place}: پاسخی برای {ask} نیست</translation>
    </message>
    <message>
        <source>{place}: there is no list at {path}</source>
        <translation>{place}: در {path} فهرستی نیست</translation>
    </message>
    <message>
        <source>{place}: there is no request before this one</source>
        <translation>{place}: پیش از این درخواستی نیست</translation>
    </message>
    <message>
        <source>{place}: there is no such key here; perhaps {near} is meant</source>
        <translation>{place}: چنین کلیدی اینجا نیست؛ شاید منظور {near} است</translation>
    </message>
    <message>
        <source>{place}: there is no such key here; there are {known}</source>
        <translation>{place}: چنین کلیدی اینجا نیست؛ این‌ها هستند: {known}</translation>
    </message>
    <message>
        <source>{place}: there is no time zone {word}; one is like Asia/Tehran</source>
        <translation>{place}: منطقهٔ زمانی {word} وجود ندارد؛ نمونه: Asia/Tehran</translation>
    </message>
    <message>
        <source>{place}: this is needed</source>
        <translation>{place}: این لازم است</translation>
    </message>
    <message>
        <source>{place}: this name cannot be used</source>
        <translation>{place}: این نام را نمی‌توان به کار برد</translation>
    </message>
    <message>
        <source>{place}: this word is told twice</source>
        <translation>{place}: این واژه دو بار گفته شده است</translation>
    </message>
    <message>
        <source>{place}: true or false is needed</source>
        <translation>{place}: true یا false لازم است</translation>
    </message>
    <message>
        <source>{place}: {count} of {rows} rows cannot be read</source>
        <translation>{place}: {count} سطر از {rows} سطر خواندنی نیست</translation>
    </message>
    <message>
        <source>{place}: {count} of {rows} rows cannot be read ({examples})</source>
        <translation>{place}: {count} سطر از {rows} سطر خواندنی نیست ({examples})</translation>
    </message>
    <message>
        <source>{place}: {word} is not known; perhaps {near} is meant</source>
        <translation>{place}: {word} شناخته نیست؛ شاید منظور {near} است</translation>
    </message>
    <message>
        <source>{place}: {word} is not known; there are {known}</source>
        <translation>{place}: {word} شناخته نیست؛ این‌ها هستند: {known}</translation>
    </message>
    <message>
        <source>{place}: {word} stands nowhere in the request</source>
        <translation>{place}: {word} هیچ‌جای درخواست نیست</translation>
    </message>
    <message>
        <source>{place}: {word} takes {count} values, not {given}</source>
        <translation>{place}: {word} باید {count} مقدار بگیرد، نه {given}</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Agent report</source>
        <translation>گزارش کارشناسان</translation>
    </message>
    <message>
        <source>Call detail</source>
        <translation>ریز تماس‌ها</translation>
    </message>
    <message>
        <source>Comparison with the same weekday</source>
        <translation>مقایسه با همین روز هفته</translation>
    </message>
    <message>
        <source>Incoming and outgoing calls</source>
        <translation>تماس‌های ورودی و خروجی</translation>
    </message>
    <message>
        <source>Interval report</source>
        <translation>گزارش بازه‌ای</translation>
    </message>
    <message>
        <source>Lost calls</source>
        <translation>تماس‌های از دست رفته</translation>
    </message>
    <message>
        <source>Queue report</source>
        <translation>گزارش صف‌ها</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>گزارش شیفت</translation>
    </message>
</context>
<context>
    <name>ReportChart</name>
    <message>
        <source>Answered and abandoned by queue</source>
        <translation>پاسخ‌داده‌شده و رهاشده به تفکیک صف</translation>
    </message>
    <message>
        <source>Callers by how long they waited</source>
        <translation>تماس‌گیرندگان بر حسب زمان انتظار</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>Calls by direction</source>
        <translation>تماس‌ها به تفکیک جهت</translation>
    </message>
    <message>
        <source>Lost callers by queue</source>
        <translation>تماس‌گیرندگان از دست رفته به تفکیک صف</translation>
    </message>
    <message>
        <source>Service level and abandoned</source>
        <translation>سطح سرویس و نرخ رهاسازی</translation>
    </message>
    <message>
        <source>Service level and what is usual</source>
        <translation>سطح سرویس و مقدار معمول آن</translation>
    </message>
    <message>
        <source>Time of agents by state</source>
        <translation>زمان کارشناسان به تفکیک وضعیت</translation>
    </message>
</context>
<context>
    <name>ReportColumn</name>
    <message>
        <source>Agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>ورود</translation>
    </message>
    <message>
        <source>Average talk</source>
        <translation>میانگین مکالمه</translation>
    </message>
    <message>
        <source>By whom</source>
        <translation>توسط</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>فرمان</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>روز</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>جهت</translation>
    </message>
    <message>
        <source>Direction not known</source>
        <translation>جهت نامعلوم</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>مهلت</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>پایان تماس</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>پایان</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>نخستین تماس</translation>
    </message>
    <message>
        <source>From</source>
        <translation>از</translation>
    </message>
    <message>
        <source>Got through</source>
        <translation>زمان پاسخ</translation>
    </message>
    <message>
        <source>Got through later</source>
        <translation>بعداً پاسخ‌گرفته</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>گروه</translation>
    </message>
    <message>
        <source>Handled at</source>
        <translation>زمان پیگیری</translation>
    </message>
    <message>
        <source>Handled by</source>
        <translation>پیگیری‌کننده</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>نگه‌داشت</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>تعداد</translation>
    </message>
    <message>
        <source>In target</source>
        <translation>در زمان هدف</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>ورودی</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>داخلی</translation>
    </message>
    <message>
        <source>Last call</source>
        <translation>آخرین تماس</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>مدت</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>از دست رفته</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>زنگ بی‌پاسخ</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>یادداشت</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>شماره</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>نتیجه</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>خروجی</translation>
    </message>
    <message>
        <source>Passed on</source>
        <translation>انتقال‌یافته</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Rang</source>
        <translation>مدت زنگ</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>دلیل</translation>
    </message>
    <message>
        <source>Reason of the break</source>
        <translation>دلیل استراحت</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>قاعده</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>شدت</translation>
    </message>
    <message>
        <source>Share answered</source>
        <translation>سهم پاسخ‌داده‌شده</translation>
    </message>
    <message>
        <source>Share that got through</source>
        <translation>سهم پاسخ‌گرفته</translation>
    </message>
    <message>
        <source>State</source>
        <translation>وضعیت</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>پاسخ داده شد</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>مکالمه</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>زمان</translation>
    </message>
    <message>
        <source>To</source>
        <translation>تا</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>نیازمند تماس برگشتی</translation>
    </message>
    <message>
        <source>To queues</source>
        <translation>به صف‌ها</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>دفعات تماس</translation>
    </message>
    <message>
        <source>Usual service level</source>
        <translation>سطح سرویس معمول</translation>
    </message>
    <message>
        <source>Usual speed of answer</source>
        <translation>سرعت پاسخ معمول</translation>
    </message>
    <message>
        <source>Usually abandoned, %</source>
        <translation>نرخ رهاسازی معمول</translation>
    </message>
    <message>
        <source>Usually offered</source>
        <translation>ورودی معمول</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>انتظار</translation>
    </message>
    <message>
        <source>Waited up to</source>
        <translation>انتظار تا</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>دیده‌شده</translation>
    </message>
    <message>
        <source>What</source>
        <translation>چه چیز</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>کجا</translation>
    </message>
    <message>
        <source>Within {seconds} s</source>
        <translation>تا {seconds} ثانیه</translation>
    </message>
    <message>
        <source>Without a number</source>
        <translation>بدون شماره</translation>
    </message>
    <message>
        <source>longer</source>
        <translation>بیشتر</translation>
    </message>
</context>
<context>
    <name>ReportLine</name>
    <message>
        <source>A call belongs wholly to the time in which it arrived.</source>
        <translation>هر تماس یکجا به بازه‌ای تعلق دارد که در آن وارد شده است.</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Agents&apos; hours</source>
        <translation>ساعت کار کارشناسان</translation>
    </message>
    <message>
        <source>Before {time} only sums are kept: no single call of then is listed.</source>
        <translation>پیش از {time} تنها جمع‌ها نگه داشته شده است: تماس‌های آن زمان تک‌تک فهرست نمی‌شوند.</translation>
    </message>
    <message>
        <source>Call center</source>
        <translation>مرکز تماس</translation>
    </message>
    <message>
        <source>Callers&apos; numbers</source>
        <translation>شمارهٔ تماس‌گیرندگان</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>شیوهٔ شمارش</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>آسیب‌دیده</translation>
    </message>
    <message>
        <source>Gregorian</source>
        <translation>میلادی</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>گروه‌ها</translation>
    </message>
    <message>
        <source>Hidden queues, not in it</source>
        <translation>صف‌های پنهان که در آن نیستند</translation>
    </message>
    <message>
        <source>It is not known how much of this time was watched.</source>
        <translation>معلوم نیست چه بخشی از این بازه دیده شده است.</translation>
    </message>
    <message>
        <source>Journal&apos;s head</source>
        <translation>سر دفتر ثبت</translation>
    </message>
    <message>
        <source>Known of hardly any of this time; the system told of more calls than were watched.</source>
        <translation>تقریباً برای هیچ بخشی از این بازه معلوم نیست؛ سامانه تماس‌هایی بیش از آنچه دیده شده گفته است.</translation>
    </message>
    <message>
        <source>Known of {share} of this time; the system told of more calls than were watched.</source>
        <translation>برای {share} این بازه معلوم است؛ سامانه تماس‌هایی بیش از آنچه دیده شده گفته است.</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>تهیه</translation>
    </message>
    <message>
        <source>Not over yet</source>
        <translation>پایان‌نیافته</translation>
    </message>
    <message>
        <source>Older time</source>
        <translation>زمان قدیمی‌تر</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>سطح سرویس</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>شیفت</translation>
    </message>
    <message>
        <source>There is no journal of commands here.</source>
        <translation>اینجا دفتر ثبت فرمان‌ها وجود ندارد.</translation>
    </message>
    <message>
        <source>This time goes on; the figures are as of {time}.</source>
        <translation>این بازه هنوز ادامه دارد؛ رقم‌ها تا {time} است.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>زمان</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>منطقهٔ زمانی</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>پوشش</translation>
    </message>
    <message>
        <source>an abandon of up to {seconds} s is short</source>
        <translation>رهاشدهٔ تا {seconds} ثانیه کوتاه است</translation>
    </message>
    <message>
        <source>goal {share}</source>
        <translation>حد مطلوب {share}</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>پوشیده</translation>
    </message>
    <message>
        <source>target as the system itself tells it</source>
        <translation>هدف همان که خود سامانه می‌گوید</translation>
    </message>
    <message>
        <source>target {seconds} s</source>
        <translation>هدف {seconds} ثانیه</translation>
    </message>
    <message>
        <source>written out in full: give this file only to who may see them.</source>
        <translation>کامل نوشته شده است: این فایل را تنها به کسی بدهید که اجازهٔ دیدن آن را دارد.</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} تا {end}</translation>
    </message>
    <message>
        <source>{number} more</source>
        <translation>{number} مورد دیگر</translation>
    </message>
    <message>
        <source>{number} rows of the history are damaged; they are in no figure.</source>
        <translation>{number} سطر تاریخچه آسیب دیده است و در هیچ رقمی نیامده است.</translation>
    </message>
    <message>
        <source>{queues}: {rule}</source>
        <translation>{queues}: {rule}</translation>
    </message>
    <message>
        <source>{share} of this time. Not watched: {gaps}. What happened then is in no figure.</source>
        <translation>{share} این بازه. دیده‌نشده: {gaps}. آنچه در آن زمان رخ داده در هیچ رقمی نیامده است.</translation>
    </message>
    <message>
        <source>{share}: all of this time was watched.</source>
        <translation>{share}: همهٔ این بازه دیده شده است.</translation>
    </message>
    <message>
        <source>{time} by {who}</source>
        <translation>{time} توسط {who}</translation>
    </message>
</context>
<context>
    <name>ReportTable</name>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>هشدارها</translation>
    </message>
    <message>
        <source>Answered within</source>
        <translation>پاسخ‌داده‌شده تا</translation>
    </message>
    <message>
        <source>Breaks by reason</source>
        <translation>استراحت به تفکیک دلیل</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>تماس‌ها</translation>
    </message>
    <message>
        <source>Calls by direction</source>
        <translation>تماس‌ها به تفکیک جهت</translation>
    </message>
    <message>
        <source>Calls without a queue</source>
        <translation>تماس‌های بدون صف</translation>
    </message>
    <message>
        <source>Commands of supervisors</source>
        <translation>فرمان‌های سرپرستان</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>روزها</translation>
    </message>
    <message>
        <source>Directions by agent</source>
        <translation>جهت تماس هر کارشناس</translation>
    </message>
    <message>
        <source>Directions by interval</source>
        <translation>جهت تماس در هر بازه</translation>
    </message>
    <message>
        <source>Got through later</source>
        <translation>بعداً پاسخ گرفتند</translation>
    </message>
    <message>
        <source>Groups of queues</source>
        <translation>گروه‌های صف</translation>
    </message>
    <message>
        <source>How long callers waited</source>
        <translation>توزیع زمان انتظار</translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>بازه‌ها</translation>
    </message>
    <message>
        <source>Intervals and what is usual</source>
        <translation>بازه‌ها و مقدار معمول</translation>
    </message>
    <message>
        <source>Intervals by queue</source>
        <translation>بازه‌ها به تفکیک صف</translation>
    </message>
    <message>
        <source>Lost callers</source>
        <translation>تماس‌گیرندگان از دست رفته</translation>
    </message>
    <message>
        <source>Lost callers by queue</source>
        <translation>از دست رفته به تفکیک صف</translation>
    </message>
    <message>
        <source>Lost without a number</source>
        <translation>از دست رفته بدون شماره</translation>
    </message>
    <message>
        <source>Not watched</source>
        <translation>زمان‌های دیده‌نشده</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>The same weekday</source>
        <translation>همین روز هفته</translation>
    </message>
    <message>
        <source>The whole team</source>
        <translation>کل تیم</translation>
    </message>
    <message>
        <source>Time by state</source>
        <translation>زمان به تفکیک وضعیت</translation>
    </message>
    <message>
        <source>Time sheet</source>
        <translation>کارکرد زمانی</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>نیازمند تماس برگشتی</translation>
    </message>
</context>
<context>
    <name>ReportWord</name>
    <message>
        <source>agent</source>
        <translation>کارشناس</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>done</source>
        <translation>انجام شد</translation>
    </message>
    <message>
        <source>group</source>
        <translation>گروه</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>ورودی</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>داخلی</translation>
    </message>
    <message>
        <source>no</source>
        <translation>خیر</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>مجاز نبود</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>نامعلوم</translation>
    </message>
    <message>
        <source>not known whether done</source>
        <translation>معلوم نیست انجام شد یا نه</translation>
    </message>
    <message>
        <source>not passed on</source>
        <translation>فرستاده نشد</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>خروجی</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>refused by the system</source>
        <translation>سامانه نپذیرفت</translation>
    </message>
    <message>
        <source>showed callers&apos; numbers in a report</source>
        <translation>نمایش شماره‌ها در گزارش</translation>
    </message>
    <message>
        <source>to a queue</source>
        <translation>به صف</translation>
    </message>
    <message>
        <source>whole site</source>
        <translation>کل مرکز</translation>
    </message>
    <message>
        <source>without an answer</source>
        <translation>بی‌پاسخ</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>بله</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>A report of {connection} is called {name} already. Choose another name.</source>
        <translation>گزارشی از {connection} از پیش {name} نام دارد. نام دیگری برگزینید.</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>همهٔ کارشناسان</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>همهٔ صف‌ها</translation>
    </message>
    <message>
        <source>Before {time} only sums by queue are kept, so nobody can say which calls were whose. Choose a later time, or all agents.</source>
        <translation>پیش از {time} فقط جمع‌ها به تفکیک صف نگه داشته شده است و نمی‌توان گفت کدام تماس از آنِ که بوده است. زمانی پس از آن را برگزینید یا همهٔ کارشناسان را.</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>جدول CSV</translation>
    </message>
    <message>
        <source>Callers&apos; numbers in full</source>
        <translation>شمارهٔ کامل تماس‌گیرندگان</translation>
    </message>
    <message>
        <source>Callers&apos; numbers will leave in full. The journal keeps that you asked for it.</source>
        <translation>شماره‌ها به‌طور کامل در گزارش می‌آیند و در دفتر ثبت می‌شود که شما خواستید.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>لغو</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>روز</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>قبلی</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>اکسل</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>خروجی گرفتن</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>خروجی به شکل</translation>
    </message>
    <message>
        <source>Folder for reports</source>
        <translation>پوشهٔ گزارش‌ها</translation>
    </message>
    <message>
        <source>Folder: {name}</source>
        <translation>پوشه: {name}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>از</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>از … تا …</translation>
    </message>
    <message>
        <source>Gregorian month</source>
        <translation>ماه میلادی</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>بازه</translation>
    </message>
    <message>
        <source>Interval: 15 minutes</source>
        <translation>بازه: ۱۵ دقیقه</translation>
    </message>
    <message>
        <source>Interval: 30 minutes</source>
        <translation>بازه: ۳۰ دقیقه</translation>
    </message>
    <message>
        <source>Interval: 60 minutes</source>
        <translation>بازه: ۶۰ دقیقه</translation>
    </message>
    <message>
        <source>Interval: automatic</source>
        <translation>بازه: خودکار</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>دادهٔ JSON</translation>
    </message>
    <message>
        <source>Jalali month</source>
        <translation>ماه شمسی</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>بعدی</translation>
    </message>
    <message>
        <source>Leave them masked</source>
        <translation>پوشیده بماند</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>ساخت دوباره</translation>
    </message>
    <message>
        <source>Making the report …</source>
        <translation>گزارش در حال ساخت است …</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>نام</translation>
    </message>
    <message>
        <source>Name to save it under</source>
        <translation>نام برای ذخیره</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>صفحهٔ بعد</translation>
    </message>
    <message>
        <source>None yet. Choose a report, give it a name and save it: one press makes it again.</source>
        <translation>هنوز هیچ. گزارشی برگزینید، نامی به آن بدهید و ذخیره کنید تا با یک فشار دوباره ساخته شود.</translation>
    </message>
    <message>
        <source>Nothing is known of this time. Choose another one, or look again later.</source>
        <translation>از این زمان چیزی در دست نیست. زمان دیگری برگزینید یا بعداً دوباره نگاه کنید.</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>محدوده</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>باز کردن پوشه</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>سند PDF</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>صفحهٔ قبل</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>صفحهٔ {page} از {pages}</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>پیش‌نمایش</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>حذف {name}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>گزارش</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>ذخیره</translation>
    </message>
    <message>
        <source>Saved reports</source>
        <translation>گزارش‌های ذخیره‌شده</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>شیفت</translation>
    </message>
    <message>
        <source>Show them in full</source>
        <translation>کامل نشان بده</translation>
    </message>
    <message>
        <source>Stopped. Files that were whole by then stand.</source>
        <translation>متوقف شد. فایل‌هایی که تا آن هنگام کامل شده بودند مانده‌اند.</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>متوقف شد. هیچ فایلی نوشته نشد.</translation>
    </message>
    <message>
        <source>The end must come after the beginning.</source>
        <translation>پایان باید پس از آغاز باشد.</translation>
    </message>
    <message>
        <source>The journal cannot be written, so numbers stay masked. Free some room on the disk, or ask who looks after this computer.</source>
        <translation>دفتر را نمی‌توان نوشت، پس شماره‌ها پوشیده می‌مانند. جایی روی دیسک خالی کنید یا از مسئول این رایانه بپرسید.</translation>
    </message>
    <message>
        <source>The name {name} cannot be used. Take letters, digits, and single spaces between them.</source>
        <translation>نام {name} پذیرفته نیست. از حروف، رقم‌ها و فاصله‌های تکی میان آن‌ها استفاده کنید.</translation>
    </message>
    <message>
        <source>The report could not be made: {reason}. Try again.</source>
        <translation>گزارش ساخته نشد: {reason}. دوباره تلاش کنید.</translation>
    </message>
    <message>
        <source>There is no such time, or it has not begun.</source>
        <translation>چنین زمانی نیست یا هنوز آغاز نشده است.</translation>
    </message>
    <message>
        <source>There is no such time, or it has not begun. Choose another one.</source>
        <translation>چنین زمانی نیست یا هنوز آغاز نشده است. زمان دیگری برگزینید.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>زمان</translation>
    </message>
    <message>
        <source>To</source>
        <translation>تا</translation>
    </message>
    <message>
        <source>To report by shift, set shifts in Settings, under Shifts.</source>
        <translation>برای گزارش به تفکیک شیفت، شیفت‌ها را در تنظیمات، بخش «شیفت‌ها» تعیین کنید.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>برگرداندن</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>صفحهٔ وب</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>هفته</translation>
    </message>
    <message>
        <source>What writes this kind of file is not installed: {name}. Choose another kind.</source>
        <translation>آنچه این نوع فایل را می‌نویسد نصب نیست: {name}. نوع دیگری برگزینید.</translation>
    </message>
    <message>
        <source>Whichever shift</source>
        <translation>هر شیفتی</translation>
    </message>
    <message>
        <source>Write day and time as {example}. The calendar is known by the year.</source>
        <translation>روز و ساعت را مانند {example} بنویسید. تقویم از روی سال شناخته می‌شود.</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>در حال نوشتن …</translation>
    </message>
    <message>
        <source>Written: {files}</source>
        <translation>نوشته شد: {files}</translation>
    </message>
    <message>
        <source>{name} is not known at this connection. Choose all, or somebody else.</source>
        <translation>{name} در این اتصال شناخته نیست. همه را برگزینید یا کس دیگری را.</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name} حذف شد.</translation>
    </message>
    <message>
        <source>{path} cannot be opened. Look whether it is still there.</source>
        <translation>{path} باز نمی‌شود. ببینید هنوز سر جایش هست یا نه.</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>Callers wait, nobody is logged in</source>
        <translation>تماس‌گیرنده منتظر، هیچ کارشناسی حاضر نیست</translation>
    </message>
    <message>
        <source>Long wait</source>
        <translation>انتظار طولانی</translation>
    </message>
    <message>
        <source>Long wrap-up</source>
        <translation>پس از تماس طولانی</translation>
    </message>
    <message>
        <source>Low service level</source>
        <translation>سطح سرویس پایین</translation>
    </message>
    <message>
        <source>Many abandoned calls</source>
        <translation>رهاسازی زیاد</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>قطع منبع داده</translation>
    </message>
</context>
<context>
    <name>Secret</name>
    <message>
        <source>Open</source>
        <translation>باز کردن</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>گذرواژه</translation>
    </message>
    <message>
        <source>The password of {name} is kept nowhere. Enter it:</source>
        <translation>گذرواژهٔ {name} جایی نگه داشته نمی‌شود. آن را وارد کنید:</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>&quot;{key}&quot; cannot be {value}. Possible: {choices}.</source>
        <translation>«{key}» نمی‌تواند {value} باشد. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>&quot;{key}&quot; cannot be {value}; the shift is left out. Possible: {choices}.</source>
        <translation>مقدار {value} برای «{key}» پذیرفته نیست؛ این شیفت کنار گذاشته شد. مقدارهای ممکن: {choices}.</translation>
    </message>
    <message>
        <source>1 to 40 letters, digits, spaces and - _ ( ), beginning with a letter or digit</source>
        <translation>۱ تا ۴۰ حرف، رقم، فاصله و - _ ( ) که با حرف یا رقم آغاز شود</translation>
    </message>
    <message>
        <source>4 to 12 digits</source>
        <translation>۴ تا ۱۲ رقم</translation>
    </message>
    <message>
        <source>A board cannot be called {name}. Possible: {choices}.</source>
        <translation>نام تابلو نمی‌تواند {name} باشد. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>A board has no &quot;{key}&quot;. Possible: {choices}.</source>
        <translation>تابلو «{key}» ندارد. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>A password stands in the setting &quot;{key}&quot;, so it is not used. Take the password out there, and tell it in the environment as {variable} or have the program keep it.</source>
        <translation>در تنظیم «{key}» گذرواژه نوشته شده است، پس این تنظیم به کار نمی‌رود. گذرواژه را از آن بردارید و در متغیر محیطی {variable} بدهید یا بگذارید برنامه آن را نگه دارد.</translation>
    </message>
    <message>
        <source>Another board is called {name}.</source>
        <translation>تابلوی دیگری {name} نام دارد.</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>سهمیهٔ دیسک پر شده است</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>نام پرونده بیش از اندازه بلند است</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>دیسک خوانده یا نوشته نمی‌شود</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>این یک پوشه است</translation>
    </message>
    <message>
        <source>It could not be started: {reason}.</source>
        <translation>شروع نشد: {reason}.</translation>
    </message>
    <message>
        <source>Line {line}: &quot;{key}&quot; cannot be {value}. Possible: {choices}.</source>
        <translation>سطر {line}: «{key}» نمی‌تواند {value} باشد. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>Line {line}: &quot;{key}&quot; cannot be {value}; the shift is left out. Possible: {choices}.</source>
        <translation>خط {line}: «{key}» نمی‌تواند {value} باشد؛ این شیفت کنار گذاشته شد. مقدارهای ممکن: {choices}.</translation>
    </message>
    <message>
        <source>Line {line}: a board has no &quot;{key}&quot;. Possible: {choices}.</source>
        <translation>سطر {line}: تابلو «{key}» ندارد. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>Line {line}: the setting &quot;{key}&quot; cannot be {value}; its default is used. Possible: {choices}.</source>
        <translation>خط {line}: مقدار {value} برای تنظیم «{key}» پذیرفته نیست؛ مقدار پیش‌فرض به کار می‌رود. مقدارهای ممکن: {choices}.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>روی دیسک جا نمانده است</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>چنین پرونده یا پوشه‌ای نیست</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>این پوشه نیست</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>این کار مجاز نیست</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>اجازهٔ دسترسی نیست</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>این دیسک فقط خواندنی است</translation>
    </message>
    <message>
        <source>Rule {number} ({name}) is left out: {reason}.</source>
        <translation>قاعدهٔ {number} ({name}) کنار گذاشته شد: {reason}.</translation>
    </message>
    <message>
        <source>The board could not be written to {path}: {reason}.</source>
        <translation>تابلو در {path} نوشته نشد: {reason}.</translation>
    </message>
    <message>
        <source>The board in {path} cannot be read ({reason}).</source>
        <translation>تابلوی {path} خوانده نمی‌شود ({reason}).</translation>
    </message>
    <message>
        <source>The boards in {path} cannot be looked at ({reason}).</source>
        <translation>تابلوهای {path} را نمی‌توان دید ({reason}).</translation>
    </message>
    <message>
        <source>The connection &quot;{name}&quot; in the file of settings cannot be read and is left out.</source>
        <translation>اتصال «{name}» در پروندهٔ تنظیمات خوانا نیست و کنار گذاشته شد.</translation>
    </message>
    <message>
        <source>The file of the password, {path}, cannot be used: {reason}.</source>
        <translation>پروندهٔ گذرواژه، {path}، قابل استفاده نیست: {reason}.</translation>
    </message>
    <message>
        <source>The keyring ({keyring}) took the password and does not give it back: it keeps nothing.</source>
        <translation>دسته‌کلید ({keyring}) گذرواژه را گرفت و پس نمی‌دهد: چیزی نگه نمی‌دارد.</translation>
    </message>
    <message>
        <source>The keyring cannot be used ({reason}).</source>
        <translation>دسته‌کلید قابل استفاده نیست ({reason}).</translation>
    </message>
    <message>
        <source>The keyring does not answer.</source>
        <translation>دسته‌کلید پاسخ نمی‌دهد.</translation>
    </message>
    <message>
        <source>The keyring is locked and was not unlocked.</source>
        <translation>دسته‌کلید قفل است و قفلش باز نشد.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be used: {reason}.</source>
        <translation>تصویر {path} قابل استفاده نیست: {reason}.</translation>
    </message>
    <message>
        <source>The picture {path} is not there.</source>
        <translation>تصویر {path} وجود ندارد.</translation>
    </message>
    <message>
        <source>The reports could not be written to {path}: {reason}.</source>
        <translation>گزارش‌ها در {path} نوشته نشد: {reason}.</translation>
    </message>
    <message>
        <source>The rights in &quot;{name}&quot; of the file of settings cannot be read; they grant nothing.</source>
        <translation>دسترسی‌های «{name}» در فایل تنظیمات خوانده نمی‌شوند و هیچ اجازه‌ای نمی‌دهند.</translation>
    </message>
    <message>
        <source>The row &quot;{name}&quot; of the file of settings is there twice, in capitals and in small letters; neither grants anything.</source>
        <translation>سطر «{name}» در فایل تنظیمات دو بار آمده است، با حروف بزرگ و کوچک؛ هیچ‌کدام اجازه‌ای نمی‌دهد.</translation>
    </message>
    <message>
        <source>The rules could not be written to {path}: {reason}.</source>
        <translation>قاعده‌ها در {path} نوشته نشد: {reason}.</translation>
    </message>
    <message>
        <source>The rules in {path} cannot be read ({reason}); the program&apos;s own are used.</source>
        <translation>قاعده‌های {path} خوانده نمی‌شود ({reason})؛ قاعده‌های خود برنامه به کار می‌رود.</translation>
    </message>
    <message>
        <source>The saved report {number} is left out: {reason}.</source>
        <translation>گزارش ذخیره‌شدهٔ شمارهٔ {number} کنار گذاشته شد: {reason}.</translation>
    </message>
    <message>
        <source>The saved reports in {path} cannot be read ({reason}).</source>
        <translation>گزارش‌های ذخیره‌شده در {path} خوانده نمی‌شود ({reason}).</translation>
    </message>
    <message>
        <source>The setting &quot;{key}&quot; cannot be {value}; its default is used. Possible: {choices}.</source>
        <translation>مقدار {value} برای تنظیم «{key}» پذیرفته نیست؛ مقدار پیش‌فرض به کار می‌رود. مقدارهای ممکن: {choices}.</translation>
    </message>
    <message>
        <source>The settings could not be written to {path}: {reason}. Make room or allow writing there, or choose another place with WALLBOARD_HOME.</source>
        <translation>تنظیمات در {path} نوشته نشد: {reason}. جا باز کنید یا اجازهٔ نوشتن بدهید، یا با WALLBOARD_HOME جای دیگری برگزینید.</translation>
    </message>
    <message>
        <source>The settings in {path} are written in a way that cannot be changed without loss. Nothing was changed; simplify the file or move it away.</source>
        <translation>تنظیمات در {path} به شکلی نوشته شده که بدون از دست رفتن چیزی قابل تغییر نیست. چیزی تغییر نکرد؛ پرونده را ساده کنید یا جابه‌جا کنید.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({reason}) and there is no copy of them; the program&apos;s own are used, and the file is left as it is.</source>
        <translation>تنظیمات در {path} خوانا نیست ({reason}) و نسخهٔ پشتیبانی هم ندارد؛ تنظیمات خود برنامه به کار می‌رود و پرونده دست‌نخورده می‌ماند.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({reason}); the last good copy of them is used.</source>
        <translation>تنظیمات در {path} خوانا نیست ({reason})؛ آخرین نسخهٔ سالم آن به کار می‌رود.</translation>
    </message>
    <message>
        <source>The shift &quot;{other}&quot; begins before &quot;{one}&quot; of {day} has ended, or goes on into it; it is left out. Change the hours or the weekdays of one of them.</source>
        <translation>شیفت «{other}» پیش از پایان «{one}» روز {day} آغاز می‌شود یا تا درون آن ادامه دارد؛ پس کنار گذاشته شد. ساعت‌ها یا روزهای یکی از آن دو را تغییر دهید.</translation>
    </message>
    <message>
        <source>The way out &quot;{name}&quot; in the file of settings cannot be read and is left out: nobody is told of alerts by it.</source>
        <translation>مسیر ارسال «{name}» در پروندهٔ تنظیمات خوانده نمی‌شود و کنار گذاشته شد: از این مسیر هشداری فرستاده نمی‌شود.</translation>
    </message>
    <message>
        <source>This is no PIN. Possible: {choices}.</source>
        <translation>این رمز پذیرفتنی نیست. ممکن: {choices}.</translation>
    </message>
    <message>
        <source>This machine has no keyring that can be used.</source>
        <translation>این رایانه دسته‌کلید قابل استفاده‌ای ندارد.</translation>
    </message>
    <message>
        <source>a condition is no table</source>
        <translation>یکی از شرط‌ها جدول نیست</translation>
    </message>
    <message>
        <source>a limit is no number</source>
        <translation>یکی از حدها عدد نیست</translation>
    </message>
    <message>
        <source>a list of 1 to 24 tables</source>
        <translation>فهرستی از ۱ تا ۲۴ جدول</translation>
    </message>
    <message>
        <source>a list of at most 20 texts of 1 to 80 letters</source>
        <translation>فهرستی از حداکثر ۲۰ متن ۱ تا ۸۰ نویسه‌ای</translation>
    </message>
    <message>
        <source>a list of at most 3 different KPIs; empty: the usual ones</source>
        <translation>فهرستی از حداکثر ۳ شاخص متفاوت؛ خالی: شاخص‌های معمول</translation>
    </message>
    <message>
        <source>a list of at most 6 different KPIs; empty: the usual ones</source>
        <translation>فهرستی از حداکثر ۶ شاخص متفاوت؛ خالی: شاخص‌های معمول</translation>
    </message>
    <message>
        <source>a list of days in English, as in [&quot;saturday&quot;, &quot;sunday&quot;]; absent: every day</source>
        <translation>فهرست روزها به انگلیسی، مانند [&quot;saturday&quot;, &quot;sunday&quot;]؛ اگر نباشد: هر روز</translation>
    </message>
    <message>
        <source>a list of ids of queues, each once; empty: all</source>
        <translation>فهرستی از شناسهٔ صف‌ها، هر کدام یک بار؛ خالی: همه</translation>
    </message>
    <message>
        <source>a name holds what cannot be printed</source>
        <translation>نامی نویسهٔ چاپ‌ناپذیر دارد</translation>
    </message>
    <message>
        <source>a name is missing or too long</source>
        <translation>نامی نیست یا بیش از اندازه بلند است</translation>
    </message>
    <message>
        <source>a name of at most 64 letters that no other shift has</source>
        <translation>نامی با حداکثر ۶۴ نویسه که شیفت دیگری ندارد</translation>
    </message>
    <message>
        <source>a table of settings</source>
        <translation>جدولی از تنظیم‌ها</translation>
    </message>
    <message>
        <source>a text of at most 280 letters</source>
        <translation>متنی از حداکثر ۲۸۰ حرف</translation>
    </message>
    <message>
        <source>a time of the day, as in &quot;08:00&quot;</source>
        <translation>ساعتی از روز، مانند &quot;08:00&quot;</translation>
    </message>
    <message>
        <source>a weekday is not known</source>
        <translation>یکی از روزهای هفته ناشناخته است</translation>
    </message>
    <message>
        <source>a whole number from 10 to 120</source>
        <translation>عدد صحیحی از ۱۰ تا ۱۲۰</translation>
    </message>
    <message>
        <source>after so many seconds a critical alert that nobody has is heard again, 0 to 3600; 0: never</source>
        <translation>هشدار بحرانی که کسی پیگیر آن نیست پس از این تعداد ثانیه دوباره صدا می‌دهد، ۰ تا ۳۶۰۰؛ ۰: هرگز</translation>
    </message>
    <message>
        <source>another report has the same name</source>
        <translation>گزارش دیگری همین نام را دارد</translation>
    </message>
    <message>
        <source>another rule has the same id, or there are too many</source>
        <translation>قاعدهٔ دیگری همین شناسه را دارد، یا شمارشان زیاد است</translation>
    </message>
    <message>
        <source>auto (that of the language), jalali or gregorian</source>
        <translation>auto (تقویم همان زبان)، jalali یا gregorian</translation>
    </message>
    <message>
        <source>auto (that of the system), en or fa</source>
        <translation>auto (زبان سیستم)، en یا fa</translation>
    </message>
    <message>
        <source>dark, light or contrast</source>
        <translation>dark (تیره)، light (روشن) یا contrast (پرکنتراست)</translation>
    </message>
    <message>
        <source>days for which single calls are kept, 7 to 36500; then sums</source>
        <translation>شمار روزهایی که تک‌تک تماس‌ها نگه داشته می‌شوند، 7 تا 36500؛ پس از آن فقط جمع‌ها</translation>
    </message>
    <message>
        <source>fa or en; empty: as the program&apos;s</source>
        <translation>fa یا en؛ خالی: زبان برنامه</translation>
    </message>
    <message>
        <source>false: critical alerts make no sound</source>
        <translation>false: هشدارهای بحرانی صدا ندارند</translation>
    </message>
    <message>
        <source>false: keys that are a single letter or sign do nothing</source>
        <translation>false: کلیدهایی که تنها یک حرف یا نشانه‌اند کاری نمی‌کنند</translation>
    </message>
    <message>
        <source>false: the desktop shows no new alerts</source>
        <translation>false: میزکار هشدارهای تازه را نشان نمی‌دهد</translation>
    </message>
    <message>
        <source>friday</source>
        <translation>جمعه</translation>
    </message>
    <message>
        <source>hours are no table</source>
        <translation>hours جدول نیست</translation>
    </message>
    <message>
        <source>how callers&apos; numbers are shown: masked, end (last digits), hidden or whole</source>
        <translation>شمارهٔ تماس‌گیرندگان چگونه نشان داده شود: masked، end (رقم‌های آخر)، hidden یا whole</translation>
    </message>
    <message>
        <source>how loud alerts are, 0 to 100</source>
        <translation>بلندی صدای هشدارها، ۰ تا ۱۰۰</translation>
    </message>
    <message>
        <source>it belongs to somebody else</source>
        <translation>از آنِ کاربر دیگری است</translation>
    </message>
    <message>
        <source>it does not keep what is written</source>
        <translation>آنچه نوشته می‌شود را نگه نمی‌دارد</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>ناقص است و زود پایان می‌یابد</translation>
    </message>
    <message>
        <source>it has no conditions</source>
        <translation>شرطی ندارد</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>آسیب دیده است</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>بیش از حد تودرتو است</translation>
    </message>
    <message>
        <source>it is no PNG or JPEG picture</source>
        <translation>تصویر PNG یا JPEG نیست</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>پروندهٔ معمولی نیست</translation>
    </message>
    <message>
        <source>it is no table</source>
        <translation>جدول نیست</translation>
    </message>
    <message>
        <source>it is not UTF-8</source>
        <translation>با کدگذاری UTF-8 نیست</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>بیش از حد بزرگ است</translation>
    </message>
    <message>
        <source>its limits are missing or not in order</source>
        <translation>حدهایش نیست یا به ترتیب نیست</translation>
    </message>
    <message>
        <source>least is no number of calls</source>
        <translation>least شمار تماس نیست</translation>
    </message>
    <message>
        <source>length of an interval: 15, 30 or 60</source>
        <translation>طول بازه به دقیقه: 15، 30 یا 60</translation>
    </message>
    <message>
        <source>megabytes, 100 to 10000000; from there on the oldest days are kept as sums</source>
        <translation>مگابایت، 100 تا 10000000؛ از این اندازه به بعد قدیمی‌ترین روزها به‌صورت جمع نگه داشته می‌شوند</translation>
    </message>
    <message>
        <source>metres to the farthest seat, 0.5 to 50</source>
        <translation>فاصله تا دورترین صندلی به متر، ۰٫۵ تا ۵۰</translation>
    </message>
    <message>
        <source>monday</source>
        <translation>دوشنبه</translation>
    </message>
    <message>
        <source>none or first; none: agents are counted and not named</source>
        <translation>none یا first؛ none: کارشناسان شمرده می‌شوند و نامشان گفته نمی‌شود</translation>
    </message>
    <message>
        <source>others may open its directory; allow it to its owner alone (chmod 700)</source>
        <translation>دیگران می‌توانند پوشهٔ آن را باز کنند؛ آن را فقط برای صاحبش مجاز کنید (chmod 700)</translation>
    </message>
    <message>
        <source>others may read it; allow it to its owner alone (chmod 600)</source>
        <translation>دیگران می‌توانند آن را بخوانند؛ آن را فقط برای صاحبش مجاز کنید (chmod 600)</translation>
    </message>
    <message>
        <source>overview, queues, agents, trend, lost or message</source>
        <translation>overview، queues، agents، trend، lost یا message</translation>
    </message>
    <message>
        <source>percent darker outside shift hours, 0 to 80</source>
        <translation>درصد تاریک‌تر بیرون از شیفت، ۰ تا ۸۰</translation>
    </message>
    <message>
        <source>percent, 1 to 100; a service level below it is marked, ten points below loudly</source>
        <translation>درصد، ۱ تا ۱۰۰؛ سطح سرویس کمتر از آن نشان‌دار می‌شود و ده واحد پایین‌تر، پررنگ</translation>
    </message>
    <message>
        <source>saturday</source>
        <translation>شنبه</translation>
    </message>
    <message>
        <source>seconds in which a call is to be answered; absent: what the system tells</source>
        <translation>ثانیه‌هایی که تماس باید در آن پاسخ داده شود؛ اگر نباشد: آنچه سامانه می‌گوید</translation>
    </message>
    <message>
        <source>seconds; who hangs up after waiting no longer than this was no lost caller</source>
        <translation>ثانیه؛ کسی که پس از انتظاری نه بیشتر از این قطع کند، تماس از دست رفته نیست</translation>
    </message>
    <message>
        <source>set in the program, or empty: no PIN</source>
        <translation>در برنامه ثبت می‌شود، یا خالی: بدون رمز</translation>
    </message>
    <message>
        <source>size of all texts in percent, 80 to 200</source>
        <translation>اندازهٔ همهٔ نوشته‌ها به درصد، ۸۰ تا ۲۰۰</translation>
    </message>
    <message>
        <source>sl_offered, sl_answered, sl_ignore, sl_positive, sl_excl_short, sl_genesys, sl_asterisk, sl_asterisk2 or sl_amazon</source>
        <translation>یکی از sl_offered، sl_answered، sl_ignore، sl_positive، sl_excl_short، sl_genesys، sl_asterisk، sl_asterisk2 یا sl_amazon</translation>
    </message>
    <message>
        <source>sunday</source>
        <translation>یکشنبه</translation>
    </message>
    <message>
        <source>the connection that the window opens; empty: the first one</source>
        <translation>اتصالی که پنجره باز می‌کند؛ خالی: نخستین اتصال</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>پرونده دیگر نیست</translation>
    </message>
    <message>
        <source>the first day of the week in English, as in &quot;saturday&quot;</source>
        <translation>نخستین روز هفته به انگلیسی، مانند &quot;saturday&quot;</translation>
    </message>
    <message>
        <source>the group of the queue, a free word of at most 64 letters</source>
        <translation>گروه صف، واژه‌ای دلخواه با حداکثر ۶۴ نویسه</translation>
    </message>
    <message>
        <source>the name in the header, at most 60 letters; empty: as usual</source>
        <translation>نام بالای تابلو، حداکثر ۶۰ حرف؛ خالی: معمول</translation>
    </message>
    <message>
        <source>the name of a picture&apos;s file beside this one; empty: none</source>
        <translation>نام فایل تصویری کنار همین فایل؛ خالی: هیچ</translation>
    </message>
    <message>
        <source>the screen&apos;s diagonal in inches, 10 to 200</source>
        <translation>قطر نمایشگر به اینچ، ۱۰ تا ۲۰۰</translation>
    </message>
    <message>
        <source>there is no reading of that name and window there</source>
        <translation>شاخصی با آن نام و بازه در آنجا نیست</translation>
    </message>
    <message>
        <source>thursday</source>
        <translation>پنجشنبه</translation>
    </message>
    <message>
        <source>time zone of the site, as in &quot;Asia/Tehran&quot;; empty: that of this machine</source>
        <translation>منطقهٔ زمانی مرکز، مانند &quot;Asia/Tehran&quot;؛ خالی: منطقهٔ زمانی این رایانه</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true یا false</translation>
    </message>
    <message>
        <source>true or false; true: a critical alert is heard</source>
        <translation>true یا false؛ true: هشدار بحرانی شنیده می‌شود</translation>
    </message>
    <message>
        <source>true or false; true: the queue is on no page and in no total of the window</source>
        <translation>true یا false؛ true: صف در هیچ صفحه و هیچ جمعی از این پنجره نیست</translation>
    </message>
    <message>
        <source>true or false; with sl_genesys: all abandons are left out</source>
        <translation>مقدار true یا false؛ با sl_genesys: همهٔ رهاشده‌ها کنار گذاشته می‌شوند</translation>
    </message>
    <message>
        <source>true or false; with sl_genesys: short abandons are left out</source>
        <translation>مقدار true یا false؛ با sl_genesys: رهاشده‌های کوتاه کنار گذاشته می‌شوند</translation>
    </message>
    <message>
        <source>true or false; with sl_genesys: who flows out counts, too</source>
        <translation>مقدار true یا false؛ با sl_genesys: سرریزها هم به شمار می‌آیند</translation>
    </message>
    <message>
        <source>true: callers&apos; names are shown where they are known</source>
        <translation>true: نام تماس‌گیرندگان هر جا معلوم باشد نشان داده می‌شود</translation>
    </message>
    <message>
        <source>true: figures are 0123 in Persian too</source>
        <translation>true: ارقام در فارسی هم 0123 نوشته می‌شوند</translation>
    </message>
    <message>
        <source>true: nothing moves or fades</source>
        <translation>true: هیچ چیز حرکت نمی‌کند و محو نمی‌شود</translation>
    </message>
    <message>
        <source>true: time runs from right to left in charts</source>
        <translation>true: زمان در نمودارها از راست به چپ است</translation>
    </message>
    <message>
        <source>true: warnings make a sound, too</source>
        <translation>true: هشدارهای سطح «هشدار» هم صدا دارند</translation>
    </message>
    <message>
        <source>tuesday</source>
        <translation>سه‌شنبه</translation>
    </message>
    <message>
        <source>wednesday</source>
        <translation>چهارشنبه</translation>
    </message>
    <message>
        <source>what the queue is called in the window; at most 64 letters</source>
        <translation>نام صف در این پنجره؛ حداکثر ۶۴ نویسه</translation>
    </message>
    <message>
        <source>when the business day begins at the site, as in &quot;06:00&quot;</source>
        <translation>آغاز روز کاری در محل، مانند &quot;06:00&quot;</translation>
    </message>
    <message>
        <source>where calls are kept: &quot;postgresql://user@host/database&quot;, without a password; empty: in files of this program</source>
        <translation>جای نگه‌داری تماس‌ها: &quot;postgresql://user@host/database&quot; بدون گذرواژه؛ خالی: در فایل‌های برنامه</translation>
    </message>
    <message>
        <source>where the password of that database is: keyring, file, ask or none</source>
        <translation>جای گذرواژهٔ آن پایگاه داده: keyring، file، ask یا none</translation>
    </message>
    <message>
        <source>where to ask for newer releases, as in &quot;https://example.com/wallboard.json&quot;; empty: nobody is asked</source>
        <translation>جایی که دربارهٔ نسخه‌های تازه پرسیده می‌شود، مانند &quot;https://example.com/wallboard.json&quot;؛ خالی: از هیچ‌جا پرسیده نمی‌شود</translation>
    </message>
    <message>
        <source>whole minutes, 1 to 60</source>
        <translation>دقیقهٔ کامل، ۱ تا ۶۰</translation>
    </message>
    <message>
        <source>{day} is no day; it is left out of the holidays.</source>
        <translation>{day} روز نیست؛ از تعطیلات کنار گذاشته شد.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>A name of 1 to 64 letters.</source>
        <translation>نامی با ۱ تا ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>A time of the day, as in 08:00.</source>
        <translation>ساعتی از روز، مانند ۰۸:۰۰.</translation>
    </message>
    <message>
        <source>A trial is on its way …</source>
        <translation>پیام آزمایشی در راه است …</translation>
    </message>
    <message>
        <source>A whole number from 0 to {most}.</source>
        <translation>عددی صحیح از ۰ تا {most}.</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most}.</source>
        <translation>عددی درست از {least} تا {most}.</translation>
    </message>
    <message>
        <source>Add a shift</source>
        <translation>افزودن شیفت</translation>
    </message>
    <message>
        <source>Add an agent</source>
        <translation>افزودن کارشناس</translation>
    </message>
    <message>
        <source>Add: {kind}</source>
        <translation>افزودن: {kind}</translation>
    </message>
    <message>
        <source>After so long, listening ends by itself.</source>
        <translation>پس از این مدت، شنود خودبه‌خود پایان می‌یابد.</translation>
    </message>
    <message>
        <source>Again after</source>
        <translation>تکرار پس از</translation>
    </message>
    <message>
        <source>Agents&apos; names</source>
        <translation>نام کارشناسان</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>هشدارها</translation>
    </message>
    <message>
        <source>All of this is kept in {path}</source>
        <translation>همهٔ این‌ها در {path} نگهداری می‌شود</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>دلیلی دیگر</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>پاسخ ظرف</translation>
    </message>
    <message>
        <source>At least one day.</source>
        <translation>دست‌کم یک روز.</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>حداکثر</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>آغاز</translation>
    </message>
    <message>
        <source>Below it a queue is marked, ten points below it loudly.</source>
        <translation>صف پایین‌تر از آن نشان‌دار می‌شود و ده واحد پایین‌تر، پررنگ.</translation>
    </message>
    <message>
        <source>By a message to the agent&apos;s phone, where the system sends messages.</source>
        <translation>با پیامی روی تلفن کارشناس، هرجا که سامانه پیام بفرستد.</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>تقویم</translation>
    </message>
    <message>
        <source>Callers&apos; names</source>
        <translation>نام تماس‌گیرندگان</translation>
    </message>
    <message>
        <source>Callers&apos; numbers</source>
        <translation>شمارهٔ تماس‌گیرندگان</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>انصراف</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>بررسی</translation>
    </message>
    <message>
        <source>Checking {name} …</source>
        <translation>در حال بررسی {name} …</translation>
    </message>
    <message>
        <source>Choose an agent …</source>
        <translation>کارشناسی را انتخاب کنید …</translation>
    </message>
    <message>
        <source>Connect another system</source>
        <translation>اتصال سامانه‌ای دیگر</translation>
    </message>
    <message>
        <source>Critical alerts</source>
        <translation>هشدارهای بحرانی</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>تیره</translation>
    </message>
    <message>
        <source>Digits in Persian</source>
        <translation>رقم‌ها در فارسی</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>نمایش</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>ویرایش</translation>
    </message>
    <message>
        <source>Else nobody is listened to</source>
        <translation>وگرنه تماس کسی شنیده نشود</translation>
    </message>
    <message>
        <source>Empty: as it is kept already.</source>
        <translation>خالی: همان که پیش‌تر نگه داشته شده است.</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>پایان</translation>
    </message>
    <message>
        <source>For as long as nobody has a critical alert. 0: heard once only.</source>
        <translation>تا وقتی کسی هشدار بحرانی را پیگیری نمی‌کند. ۰: تنها یک بار شنیده می‌شود.</translation>
    </message>
    <message>
        <source>From left to right</source>
        <translation>از چپ به راست</translation>
    </message>
    <message>
        <source>From right to left</source>
        <translation>از راست به چپ</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>مجاز</translation>
    </message>
    <message>
        <source>Gregorian</source>
        <translation>میلادی</translation>
    </message>
    <message>
        <source>Hear them</source>
        <translation>شنیدن صداها</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>با صدا</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>پنهان</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>کنتراست بالا</translation>
    </message>
    <message>
        <source>How people come to know of alerts. What is watched stands on the page of alerts, under Rules.</source>
        <translation>افراد چگونه از هشدارها باخبر می‌شوند. آنچه پایش می‌شود در صفحهٔ هشدارها، زیر «قاعده‌ها» است.</translation>
    </message>
    <message>
        <source>How this window looks and reads. It takes effect at once.</source>
        <translation>ظاهر و نوشتار این پنجره. هر تغییر همان لحظه اعمال می‌شود.</translation>
    </message>
    <message>
        <source>In lists, in details, in explanations and in CSV files.</source>
        <translation>در فهرست‌ها، جزئیات، توضیح‌ها و پرونده‌های CSV.</translation>
    </message>
    <message>
        <source>In the demo everything is granted: what is done there is done to nobody.</source>
        <translation>در نمایش همه‌چیز آزاد است: آنچه آنجا انجام می‌شود بر کسی اثر ندارد.</translation>
    </message>
    <message>
        <source>Intervals of</source>
        <translation>بازه‌های</translation>
    </message>
    <message>
        <source>It holds for this window only.</source>
        <translation>فقط برای همین پنجره برقرار است.</translation>
    </message>
    <message>
        <source>It is shown until another one is, or the window closes.</source>
        <translation>تا وقتی اتصال دیگری نشان داده شود یا پنجره بسته شود، همچنان نشان داده می‌شود.</translation>
    </message>
    <message>
        <source>It is told</source>
        <translation>چه فرستاده شود</translation>
    </message>
    <message>
        <source>It leads elsewhere than before: enter it again, so that it is told there.</source>
        <translation>مقصد عوض شده است: آن را دوباره وارد کنید تا به آنجا گفته شود.</translation>
    </message>
    <message>
        <source>It was changed.</source>
        <translation>تغییر داده شد.</translation>
    </message>
    <message>
        <source>Jalali</source>
        <translation>شمسی</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>نگه‌داشتن</translation>
    </message>
    <message>
        <source>Keys that are one letter or sign alone, such as / and ?. Off, they do nothing; keys with Ctrl or Alt and F1 to F12 work in any case.</source>
        <translation>کلیدهایی که تنها یک حرف یا نشانه‌اند، مانند / و ؟. اگر غیرفعال باشد کاری نمی‌کنند؛ کلیدهای همراه Ctrl یا Alt و F1 تا F12 همیشه کار می‌کنند.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>زبان</translation>
    </message>
    <message>
        <source>Last digits only</source>
        <translation>فقط رقم‌های آخر</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>روشن</translation>
    </message>
    <message>
        <source>Listening, whispering, barging in and other commands. What is not granted here is not done. Everything is written into the journal before it is done.</source>
        <translation>شنود، نجوا، ورود به مکالمه و فرمان‌های دیگر. آنچه اینجا مجاز نشده باشد انجام نمی‌شود. همه‌چیز پیش از انجام در دفتر ثبت نوشته می‌شود.</translation>
    </message>
    <message>
        <source>Middle hidden</source>
        <translation>میانه پنهان</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>حرکت</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>نام</translation>
    </message>
    <message>
        <source>Name of the shift</source>
        <translation>نام شیفت</translation>
    </message>
    <message>
        <source>New alerts</source>
        <translation>هشدارهای تازه</translation>
    </message>
    <message>
        <source>No shifts: the whole day is one.</source>
        <translation>شیفتی نیست: کل روز یک شیفت است.</translation>
    </message>
    <message>
        <source>Nobody may listen to</source>
        <translation>شنود ممنوع</translation>
    </message>
    <message>
        <source>None. It is entered with the connection, as Supervisor&apos;s phone.</source>
        <translation>ندارد. با نام «تلفن سرپرست» همراه اتصال وارد می‌شود.</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>نشان داده نشود</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>فرستاده نشود</translation>
    </message>
    <message>
        <source>Nothing is connected yet.</source>
        <translation>هنوز چیزی متصل نیست.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>غیرفعال</translation>
    </message>
    <message>
        <source>On</source>
        <translation>فعال</translation>
    </message>
    <message>
        <source>On the desktop</source>
        <translation>روی میز کار رایانه</translation>
    </message>
    <message>
        <source>Open at the start</source>
        <translation>بازشدن در شروع</translation>
    </message>
    <message>
        <source>Other people&apos;s servers get to know what is told here.</source>
        <translation>آنچه از این مسیر فرستاده شود به سرورهای دیگران می‌رسد.</translation>
    </message>
    <message>
        <source>Own names, groups and what is hidden are of this window; commands and the JSON API tell what the system tells. A hidden queue is on no page, in no total and raises no alert here; its calls are stored all the same. A new target holds for calls from now on.</source>
        <translation>نام‌های دلخواه، گروه‌ها و صف‌های پنهان مربوط به همین پنجره است؛ دستورها و رابط JSON همان را می‌گویند که سامانه می‌گوید. صف پنهان در هیچ صفحه و هیچ جمعی نیست و اینجا هشداری نمی‌دهد؛ تماس‌هایش همچنان ذخیره می‌شود. هدف تازه برای تماس‌های از این پس است.</translation>
    </message>
    <message>
        <source>Passwords and keys</source>
        <translation>گذرواژه‌ها و کلیدها</translation>
    </message>
    <message>
        <source>Percent from 1 to 100.</source>
        <translation>درصد، از ۱ تا ۱۰۰.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>حریم خصوصی</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>Reasons to choose from</source>
        <translation>دلیل‌ها برای انتخاب</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>کاهش‌یافته</translation>
    </message>
    <message>
        <source>Reduced: nothing moves or fades, changes are instant.</source>
        <translation>کاهش‌یافته: هیچ چیز حرکت نمی‌کند و محو نمی‌شود؛ تغییرها آنی است.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>حذف شود</translation>
    </message>
    <message>
        <source>Remove {name}? Its password is forgotten; the history of its calls is kept.</source>
        <translation>{name} حذف شود؟ گذرواژهٔ آن فراموش می‌شود؛ تاریخچهٔ تماس‌هایش می‌ماند.</translation>
    </message>
    <message>
        <source>Remove {name}? Nobody is told of alerts by it any more.</source>
        <translation>{name} حذف شود؟ دیگر هیچ هشداری از این مسیر فرستاده نمی‌شود.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>ذخیره</translation>
    </message>
    <message>
        <source>Saved; it is in use from now on.</source>
        <translation>ذخیره شد؛ از هم‌اکنون به کار می‌رود.</translation>
    </message>
    <message>
        <source>Seconds from {least} to {most}.</source>
        <translation>ثانیه، از {least} تا {most}.</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>بخش‌ها</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>سطح سرویس</translation>
    </message>
    <message>
        <source>Service level goal</source>
        <translation>هدف سطح سرویس</translation>
    </message>
    <message>
        <source>Shift {number}</source>
        <translation>شیفت {number}</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>شیفت‌ها</translation>
    </message>
    <message>
        <source>Short abandon up to</source>
        <translation>رهاشدهٔ کوتاه تا</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>نمایش</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>نشان داده شود</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>بی‌صدا</translation>
    </message>
    <message>
        <source>Single keys</source>
        <translation>کلیدهای تک‌حرفی</translation>
    </message>
    <message>
        <source>Size of texts</source>
        <translation>اندازهٔ نوشته‌ها</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>صدا</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>منبع</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>سرپرستی</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>خاموش کردن</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>روشن کردن</translation>
    </message>
    <message>
        <source>Take away {name}</source>
        <translation>حذف {name}</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>آزمایش</translation>
    </message>
    <message>
        <source>That of the language</source>
        <translation>تقویم همان زبان</translation>
    </message>
    <message>
        <source>That of the system</source>
        <translation>زبان سیستم</translation>
    </message>
    <message>
        <source>The agent is told</source>
        <translation>به کارشناس خبر داده شود</translation>
    </message>
    <message>
        <source>The day begins at</source>
        <translation>آغاز روز</translation>
    </message>
    <message>
        <source>The server of this connection decides who may do what, and holds to it.</source>
        <translation>سرور این اتصال تعیین می‌کند چه کسی چه کاری می‌تواند بکند، و به آن پایبند است.</translation>
    </message>
    <message>
        <source>The systems that this program is connected to. Passwords are not in the file of settings.</source>
        <translation>سامانه‌هایی که این برنامه به آن‌ها متصل است. گذرواژه‌ها در پروندهٔ تنظیمات نیستند.</translation>
    </message>
    <message>
        <source>The target of all queues without one of their own. Empty: what the system tells.</source>
        <translation>هدف همهٔ صف‌هایی که هدف خود را ندارند. خالی: همان که سامانه می‌گوید.</translation>
    </message>
    <message>
        <source>The trial was taken after {seconds} s. Look whether it has arrived.</source>
        <translation>پیام آزمایشی پس از {seconds} ثانیه پذیرفته شد. ببینید رسیده است یا نه.</translation>
    </message>
    <message>
        <source>The week begins on</source>
        <translation>آغاز هفته</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>پوسته</translation>
    </message>
    <message>
        <source>They tell people who do not look at this board. A demo is told to nobody.</source>
        <translation>کسانی را باخبر می‌کنند که به این تابلو نگاه نمی‌کنند. هشدارهای نمایش آزمایشی به کسی فرستاده نمی‌شود.</translation>
    </message>
    <message>
        <source>This computer cannot play the sounds: it has no loudspeaker, or the extra for sound is not installed. It beeps.</source>
        <translation>این رایانه نمی‌تواند صداها را پخش کند: بلندگو ندارد یا بستهٔ افزودهٔ صدا نصب نیست. به جای آن بوق می‌زند.</translation>
    </message>
    <message>
        <source>This is no saved connection: what is decided for its queues ends with this window.</source>
        <translation>این اتصالِ ذخیره‌شده‌ای نیست: آنچه برای صف‌هایش تعیین شود با بستن این پنجره از میان می‌رود.</translation>
    </message>
    <message>
        <source>This is too much like {name}, which is there already.</source>
        <translation>این نام بیش از حد شبیه {name} است که از پیش هست.</translation>
    </message>
    <message>
        <source>Time in charts</source>
        <translation>زمان در نمودارها</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>فرستاده شود</translation>
    </message>
    <message>
        <source>Two shifts cannot have the same name.</source>
        <translation>دو شیفت نمی‌توانند هم‌نام باشند.</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>برگرداندن (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>معمول</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>بلندی صدا</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>هشدارهای عادی</translation>
    </message>
    <message>
        <source>Warnings, too</source>
        <translation>هشدارهای عادی هم</translation>
    </message>
    <message>
        <source>Ways out</source>
        <translation>مسیرهای ارسال</translation>
    </message>
    <message>
        <source>What {name} may do at {place}</source>
        <translation>آنچه {name} در {place} می‌تواند انجام دهد</translation>
    </message>
    <message>
        <source>When somebody is in a call</source>
        <translation>وقتی کسی در تماس است</translation>
    </message>
    <message>
        <source>When the day and the week begin at the site, and who works when. A shift that ends before it begins goes on over midnight. After a change the figures of the window are read anew, which takes a moment.</source>
        <translation>آغاز روز و هفته در مرکز، و ساعت کار شیفت‌ها. شیفتی که پایانش پیش از آغازش باشد از نیمه‌شب می‌گذرد. پس از هر تغییر، ارقام پنجره از نو خوانده می‌شود که لحظه‌ای طول می‌کشد.</translation>
    </message>
    <message>
        <source>Where the system tells them.</source>
        <translation>هر جا سامانه بگوید.</translation>
    </message>
    <message>
        <source>Who hangs up after no more than this was no lost caller.</source>
        <translation>کسی که حداکثر پس از این مدت قطع کند، تماس‌گیرندهٔ ازدست‌رفته به شمار نمی‌آید.</translation>
    </message>
    <message>
        <source>Who looks at this screen sees no more of callers than is chosen here. What is stored is not changed by it.</source>
        <translation>هر که این صفحه را ببیند، از تماس‌گیرندگان بیش از آنچه اینجا برگزیده شده نمی‌بیند. بر آنچه ذخیره می‌شود اثری ندارد.</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>کامل</translation>
    </message>
    <message>
        <source>Without any, the program offers reasons of its own.</source>
        <translation>اگر نباشد، برنامه دلیل‌های خود را پیشنهاد می‌کند.</translation>
    </message>
    <message>
        <source>Write it, then press Enter</source>
        <translation>بنویسید و Enter را بزنید</translation>
    </message>
    <message>
        <source>Your phone</source>
        <translation>تلفن شما</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>دقیقه</translation>
    </message>
    <message>
        <source>of 100</source>
        <translation>از ۱۰۰</translation>
    </message>
    <message>
        <source>opened at the start</source>
        <translation>در شروع باز می‌شود</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>ثانیه</translation>
    </message>
    <message>
        <source>shown now</source>
        <translation>اکنون نشان داده می‌شود</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>خاموش</translation>
    </message>
    <message>
        <source>with agents&apos; names</source>
        <translation>با نام کارشناسان</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes} دقیقه</translation>
    </message>
    <message>
        <source>{name} is hidden.</source>
        <translation>{name} پنهان شد.</translation>
    </message>
    <message>
        <source>{name} is opened at the start from now on.</source>
        <translation>از این پس {name} در شروع باز می‌شود.</translation>
    </message>
    <message>
        <source>{name} is shown again.</source>
        <translation>{name} دوباره نشان داده می‌شود.</translation>
    </message>
    <message>
        <source>{name} is switched off.</source>
        <translation>{name} خاموش شد.</translation>
    </message>
    <message>
        <source>{name} is switched on again.</source>
        <translation>{name} دوباره روشن شد.</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name} تغییر داده شد.</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>{name} حذف شد.</translation>
    </message>
    <message>
        <source>{name} works.</source>
        <translation>{name} کار می‌کند.</translation>
    </message>
    <message>
        <source>{name}: something must be put right.</source>
        <translation>{name}: چیزی باید درست شود.</translation>
    </message>
</context>
<context>
    <name>SettingsQueues</name>
    <message>
        <source>Answer within</source>
        <translation>پاسخ ظرف</translation>
    </message>
    <message>
        <source>At most 64 letters.</source>
        <translation>حداکثر ۶۴ نویسه.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>گروه</translation>
    </message>
    <message>
        <source>Own name</source>
        <translation>نام دلخواه</translation>
    </message>
    <message>
        <source>Percent from 1 to 100, or nothing to have it as all others.</source>
        <translation>درصد از ۱ تا ۱۰۰، یا خالی تا مانند بقیه باشد.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Service level goal</source>
        <translation>هدف سطح سرویس</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>نمایش</translation>
    </message>
    <message>
        <source>Whole seconds from 1 to 86400, or nothing to have it as all others.</source>
        <translation>ثانیهٔ کامل از ۱ تا ۸۶۴۰۰، یا خالی تا مانند بقیه باشد.</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>پنهان</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>نمایان</translation>
    </message>
</context>
<context>
    <name>Severity</name>
    <message>
        <source>critical</source>
        <translation>بحرانی</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>عادی</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>هشدار</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Asterisk, FreePBX, Issabel</source>
        <translation>Asterisk، FreePBX، Issabel</translation>
    </message>
    <message>
        <source>HTTP API</source>
        <translation>API روی HTTP</translation>
    </message>
    <message>
        <source>Simulated call center</source>
        <translation>مرکز تماس شبیه‌سازی‌شده</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Ctrl+K find · F1 guide · F5 ask now · F11 full screen</source>
        <translation>جستجو Ctrl+K · راهنما F1 · پرسش فوری F5 · تمام‌صفحه F11</translation>
    </message>
    <message>
        <source>End not seen {number}</source>
        <translation>پایان نامعلوم {number}</translation>
    </message>
    <message>
        <source>Figures since {time}</source>
        <translation>ارقام از {time}</translation>
    </message>
    <message>
        <source>Hidden queues {number}</source>
        <translation>صف‌های پنهان {number}</translation>
    </message>
    <message>
        <source>Last picture {time} · Agents {agents} · Queues {queues} · Calls, {window}: {calls}</source>
        <translation>آخرین داده {time} · کارشناسان {agents} · صف‌ها {queues} · تماس‌ها، {window}: {calls}</translation>
    </message>
</context>
<context>
    <name>Supervision</name>
    <message>
        <source>A supervisor is in your call.</source>
        <translation>یک سرپرست در تماس شماست.</translation>
    </message>
    <message>
        <source>Add to a queue</source>
        <translation>افزودن به صف</translation>
    </message>
    <message>
        <source>Add {name} to a queue</source>
        <translation>افزودن {name} به صف</translation>
    </message>
    <message>
        <source>All queues of the agent</source>
        <translation>همهٔ صف‌های کارشناس</translation>
    </message>
    <message>
        <source>Also in this call: {names}.</source>
        <translation>دیگران در این مکالمه: {names}.</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>ورود به مکالمه</translation>
    </message>
    <message>
        <source>Barge in on the call of {name}</source>
        <translation>ورود به مکالمهٔ {name}</translation>
    </message>
    <message>
        <source>Barge in …</source>
        <translation>ورود به مکالمه …</translation>
    </message>
    <message>
        <source>Both hear you.</source>
        <translation>هر دو صدای شما را می‌شنوند.</translation>
    </message>
    <message>
        <source>Choose a caller who waits.</source>
        <translation>تماس‌گیرنده‌ای را که منتظر است انتخاب کنید.</translation>
    </message>
    <message>
        <source>Coaching</source>
        <translation>مربی‌گری</translation>
    </message>
    <message>
        <source>Commands for a caller</source>
        <translation>فرمان‌ها برای تماس‌گیرنده</translation>
    </message>
    <message>
        <source>Commands for {name}</source>
        <translation>فرمان‌ها برای {name}</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>شکایت</translation>
    </message>
    <message>
        <source>End</source>
        <translation>پایان</translation>
    </message>
    <message>
        <source>End makes sure. It is never tried again by itself.</source>
        <translation>دکمهٔ پایان خاطرجمع می‌کند. خودبه‌خود تکرار نمی‌شود.</translation>
    </message>
    <message>
        <source>End the listening to {name}</source>
        <translation>پایان شنود {name}</translation>
    </message>
    <message>
        <source>End the pause</source>
        <translation>پایان استراحت</translation>
    </message>
    <message>
        <source>End the pause of {name}</source>
        <translation>پایان استراحت {name}</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>در حال پایان دادن …</translation>
    </message>
    <message>
        <source>Ends by itself in {time}.</source>
        <translation>تا {time} دیگر خودبه‌خود پایان می‌یابد.</translation>
    </message>
    <message>
        <source>First end what your phone is in.</source>
        <translation>اول آنچه را که تلفنتان در آن است پایان دهید.</translation>
    </message>
    <message>
        <source>For {name}</source>
        <translation>برای {name}</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>قطع تماس</translation>
    </message>
    <message>
        <source>Hang up the call of {name}</source>
        <translation>قطع تماس {name}</translation>
    </message>
    <message>
        <source>Here nobody is listened to without being told, and this system cannot tell the agent.</source>
        <translation>اینجا تماس کسی بدون خبر دادن به او شنیده نمی‌شود و این سامانه نمی‌تواند به کارشناس خبر دهد.</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>برای صحبت نگه دارید</translation>
    </message>
    <message>
        <source>IN THE CALL</source>
        <translation>در مکالمه</translation>
    </message>
    <message>
        <source>In the call</source>
        <translation>در مکالمه</translation>
    </message>
    <message>
        <source>It cannot be written into the journal, so it is not done.</source>
        <translation>در دفتر ثبت نوشته نمی‌شود، پس انجام نمی‌شود.</translation>
    </message>
    <message>
        <source>It ends by itself after {time} at the latest.</source>
        <translation>حداکثر پس از {time} خودبه‌خود پایان می‌یابد.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>دیگر آنجا نیست.</translation>
    </message>
    <message>
        <source>It is so already.</source>
        <translation>هم‌اکنون همین‌طور است.</translation>
    </message>
    <message>
        <source>It is under way.</source>
        <translation>در حال انجام است.</translation>
    </message>
    <message>
        <source>It was not granted to you here.</source>
        <translation>این کار در اینجا به شما سپرده نشده است.</translation>
    </message>
    <message>
        <source>LISTENING</source>
        <translation>در حال شنود</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>شنود</translation>
    </message>
    <message>
        <source>Listen to {name}</source>
        <translation>شنود {name}</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>خروج از صف</translation>
    </message>
    <message>
        <source>Log {name} out of a queue</source>
        <translation>خروج {name} از صف</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>پیام</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <translation>پیام به {name}</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>بی‌صدا</translation>
    </message>
    <message>
        <source>Mute your phone towards {name}</source>
        <translation>بی‌صدا کردن تلفن شما برای {name}</translation>
    </message>
    <message>
        <source>Muted. {name} hears you while you hold the button to talk.</source>
        <translation>بی‌صدا. {name} صدای شما را تا وقتی دکمهٔ صحبت را نگه داشته‌اید می‌شنود.</translation>
    </message>
    <message>
        <source>Neither hears you.</source>
        <translation>هیچ‌یک صدای شما را نمی‌شنود.</translation>
    </message>
    <message>
        <source>No, go back</source>
        <translation>نه، برگشت</translation>
    </message>
    <message>
        <source>Nobody can say whether it began: check your phone</source>
        <translation>معلوم نیست آغاز شده باشد: تلفن خود را نگاه کنید</translation>
    </message>
    <message>
        <source>Nobody can say whether it began: check your phone {phone}</source>
        <translation>معلوم نیست آغاز شده باشد: تلفن خود {phone} را نگاه کنید</translation>
    </message>
    <message>
        <source>Nobody may listen to this agent.</source>
        <translation>هیچ‌کس اجازهٔ شنود این کارشناس را ندارد.</translation>
    </message>
    <message>
        <source>Not from this screen.</source>
        <translation>از این صفحه‌نمایش نمی‌شود.</translation>
    </message>
    <message>
        <source>On a direct connection, rights guard against mistakes, not against whoever has the password of the phone system.</source>
        <translation>در اتصال مستقیم، دسترسی‌ها جلوی اشتباه را می‌گیرند، نه جلوی کسی را که رمز عبور سامانهٔ تلفنی را دارد.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>استراحت</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>استراحت {name}</translation>
    </message>
    <message>
        <source>Pick up</source>
        <translation>پاسخ دادن</translation>
    </message>
    <message>
        <source>Pick up the call of {name}</source>
        <translation>پاسخ دادن به تماس {name}</translation>
    </message>
    <message>
        <source>Pick up your phone</source>
        <translation>تلفن خود را بردارید</translation>
    </message>
    <message>
        <source>Pick up your phone {phone}</source>
        <translation>تلفن خود {phone} را بردارید</translation>
    </message>
    <message>
        <source>Put first</source>
        <translation>اول صف</translation>
    </message>
    <message>
        <source>Put {name} first</source>
        <translation>بردن {name} به اول صف</translation>
    </message>
    <message>
        <source>Quality check</source>
        <translation>کنترل کیفیت</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>صف</translation>
    </message>
    <message>
        <source>Ring my phone</source>
        <translation>زنگ زدن به تلفن من</translation>
    </message>
    <message>
        <source>Say why: nothing is done without a reason.</source>
        <translation>دلیل را بگویید: بدون دلیل کاری انجام نمی‌شود.</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>فرستادن پیام</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>صحبت</translation>
    </message>
    <message>
        <source>Speak to {name}</source>
        <translation>صحبت با {name}</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>در حال صحبت</translation>
    </message>
    <message>
        <source>Start listening</source>
        <translation>آغاز شنود</translation>
    </message>
    <message>
        <source>Start whispering</source>
        <translation>آغاز نجوا</translation>
    </message>
    <message>
        <source>Stay with this agent&apos;s next calls until I end it</source>
        <translation>با تماس‌های بعدی این کارشناس بماند تا خودم پایان دهم</translation>
    </message>
    <message>
        <source>Stays with the next calls.</source>
        <translation>با تماس‌های بعدی ادامه می‌یابد.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>تحویل گرفتن</translation>
    </message>
    <message>
        <source>Take over the call of {name}</source>
        <translation>تحویل گرفتن تماس {name}</translation>
    </message>
    <message>
        <source>The account at the system may not.</source>
        <translation>حساب کاربری در سامانه چنین اجازه‌ای ندارد.</translation>
    </message>
    <message>
        <source>The account at the system may not: it lacks the right {detail}.</source>
        <translation>حساب کاربری در سامانه اجازه ندارد: دسترسی {detail} را ندارد.</translation>
    </message>
    <message>
        <source>The agent asked for help</source>
        <translation>درخواست کمک کارشناس</translation>
    </message>
    <message>
        <source>The agent has another call by now.</source>
        <translation>کارشناس اکنون تماس دیگری دارد.</translation>
    </message>
    <message>
        <source>The agent has no call.</source>
        <translation>کارشناس تماسی ندارد.</translation>
    </message>
    <message>
        <source>The agent hears you while it is pressed: by the mouse, or the space key.</source>
        <translation>کارشناس تا وقتی این دکمه با ماوس یا کلید فاصله فشرده است صدای شما را می‌شنود.</translation>
    </message>
    <message>
        <source>The agent is not signed in.</source>
        <translation>کارشناس وارد نشده است.</translation>
    </message>
    <message>
        <source>The call ends at once for both: {name} and the caller.</source>
        <translation>تماس برای هر دو بی‌درنگ قطع می‌شود: {name} و تماس‌گیرنده.</translation>
    </message>
    <message>
        <source>The call is on hold: perhaps nobody hears you.</source>
        <translation>تماس در حالت نگه‌داشت است: شاید کسی صدای شما را نشنود.</translation>
    </message>
    <message>
        <source>The caller goes on to the extension. {name} is out of the call.</source>
        <translation>تماس‌گیرنده به داخلی منتقل می‌شود. {name} از تماس بیرون می‌رود.</translation>
    </message>
    <message>
        <source>The caller is put before those of a lower priority.</source>
        <translation>تماس‌گیرنده پیش از کسانی با اولویت کمتر قرار می‌گیرد.</translation>
    </message>
    <message>
        <source>The caller leaves the queue, and no agent of it answers the call.</source>
        <translation>تماس‌گیرنده از صف بیرون می‌رود و هیچ کارشناسی از آن پاسخش را نمی‌دهد.</translation>
    </message>
    <message>
        <source>The connection has no phone of yours.</source>
        <translation>در این اتصال تلفنی برای شما ثبت نشده است.</translation>
    </message>
    <message>
        <source>The journal of commands is not as it was written, from line {line} on. Somebody may have altered it: wallboard journal verify tells more.</source>
        <translation>دفتر فرمان‌ها از سطر {line} به بعد آن‌گونه که نوشته شده نیست. شاید کسی آن را تغییر داده باشد: wallboard journal verify بیشتر می‌گوید.</translation>
    </message>
    <message>
        <source>The listening to {name} did not begin.</source>
        <translation>شنود {name} آغاز نشد.</translation>
    </message>
    <message>
        <source>The listening to {name} has ended after {time}.</source>
        <translation>شنود {name} پس از {time} پایان یافت.</translation>
    </message>
    <message>
        <source>The picture is not of now: nobody knows whom it would hit.</source>
        <translation>تصویر از این لحظه نیست: معلوم نیست به چه کسی برمی‌خورد.</translation>
    </message>
    <message>
        <source>The server decides whether {name} is told of it.</source>
        <translation>سرور تصمیم می‌گیرد که به {name} خبر داده شود یا نه.</translation>
    </message>
    <message>
        <source>The text goes to the phone of {name}.</source>
        <translation>متن به تلفن {name} فرستاده می‌شود.</translation>
    </message>
    <message>
        <source>There is no queue for it.</source>
        <translation>صفی برای این کار نیست.</translation>
    </message>
    <message>
        <source>This system has no such command.</source>
        <translation>این سامانه چنین فرمانی ندارد.</translation>
    </message>
    <message>
        <source>To the extension</source>
        <translation>به داخلی</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>انتقال</translation>
    </message>
    <message>
        <source>Transfer the caller of {name}</source>
        <translation>انتقال تماس‌گیرندهٔ {name}</translation>
    </message>
    <message>
        <source>WHISPERING</source>
        <translation>در حال نجوا</translation>
    </message>
    <message>
        <source>Waiting for the next call of {name}</source>
        <translation>در انتظار تماس بعدی {name}</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>متن پیام</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>نجوا</translation>
    </message>
    <message>
        <source>Whisper to {name}</source>
        <translation>نجوا به {name}</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>دلیل</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>خارج کردن</translation>
    </message>
    <message>
        <source>Withdraw {name} from the queue</source>
        <translation>خارج کردن {name} از صف</translation>
    </message>
    <message>
        <source>Yes, both hear me now</source>
        <translation>بله، هر دو اکنون صدایم را بشنوند</translation>
    </message>
    <message>
        <source>You are in the call of {name}</source>
        <translation>در مکالمهٔ {name} هستید</translation>
    </message>
    <message>
        <source>You are listening to {name}</source>
        <translation>در حال شنود {name} هستید</translation>
    </message>
    <message>
        <source>You are not listening to this agent.</source>
        <translation>شما در حال شنود این کارشناس نیستید.</translation>
    </message>
    <message>
        <source>You are whispering to {name}</source>
        <translation>در حال نجوا به {name} هستید</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring, and the caller goes on with you.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد و تماس‌گیرنده با شما ادامه می‌دهد.</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring, and the caller goes on with you. {name} is out of the call.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد و تماس‌گیرنده با شما ادامه می‌دهد. {name} از تماس بیرون می‌رود.</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring. You will hear both. Both hear you: {name} and the caller. If {name} hangs up the call is over: take over to keep the caller.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد. صدای هر دو را می‌شنوید. هر دو صدای شما را می‌شنوند: {name} و تماس‌گیرنده. اگر {name} قطع کند تماس تمام می‌شود: برای نگه داشتن تماس‌گیرنده، تماس را تحویل بگیرید.</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring. You will hear both. {name} hears you while you hold the button to talk, the caller never.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد. صدای هر دو را می‌شنوید. {name} صدای شما را فقط تا وقتی دکمهٔ صحبت را نگه داشته‌اید می‌شنود و تماس‌گیرنده هرگز.</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring. You will hear both. {name} hears you, the caller does not.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد. صدای هر دو را می‌شنوید. {name} صدای شما را می‌شنود، تماس‌گیرنده نه.</translation>
    </message>
    <message>
        <source>Your phone {phone} will ring. You will hear {name} and the caller. Neither hears you.</source>
        <translation>تلفن شما {phone} زنگ می‌خورد. صدای {name} و تماس‌گیرنده را می‌شنوید. هیچ‌یک صدای شما را نمی‌شنود.</translation>
    </message>
    <message>
        <source>a phone not known</source>
        <translation>تلفنی ناشناس</translation>
    </message>
    <message>
        <source>listened to</source>
        <translation>شنود می‌شود</translation>
    </message>
    <message>
        <source>listens</source>
        <translation>شنود</translation>
    </message>
    <message>
        <source>speaks with both</source>
        <translation>گفت‌وگو با هر دو</translation>
    </message>
    <message>
        <source>the caller</source>
        <translation>تماس‌گیرنده</translation>
    </message>
    <message>
        <source>whispers</source>
        <translation>نجوا</translation>
    </message>
    <message>
        <source>{command}: done</source>
        <translation>{command}: انجام شد</translation>
    </message>
    <message>
        <source>{command}: nobody can say whether it was done. Look before you try again.</source>
        <translation>{command}: معلوم نیست انجام شده باشد. پیش از تکرار نگاه کنید.</translation>
    </message>
    <message>
        <source>{command}: not done.</source>
        <translation>{command}: انجام نشد.</translation>
    </message>
    <message>
        <source>{command}: under way …</source>
        <translation>{command}: در حال انجام …</translation>
    </message>
    <message>
        <source>{name} and the caller hear you as soon as you answer.</source>
        <translation>همین که پاسخ دهید، {name} و تماس‌گیرنده صدای شما را می‌شنوند.</translation>
    </message>
    <message>
        <source>{name} gets calls again.</source>
        <translation>{name} دوباره تماس می‌گیرد.</translation>
    </message>
    <message>
        <source>{name} gets calls of the queue from now on.</source>
        <translation>{name} از این پس تماس‌های صف را می‌گیرد.</translation>
    </message>
    <message>
        <source>{name} gets no more calls of the queue. A call goes on.</source>
        <translation>{name} دیگر از این صف تماسی نمی‌گیرد. تماس جاری ادامه می‌یابد.</translation>
    </message>
    <message>
        <source>{name} gets no more calls until the pause ends. A call goes on.</source>
        <translation>{name} تا پایان استراحت تماسی نمی‌گیرد. تماس جاری ادامه می‌یابد.</translation>
    </message>
    <message>
        <source>{name} hears you all the time, the caller does not: this system cannot mute your phone.</source>
        <translation>{name} همیشه صدای شما را می‌شنود، تماس‌گیرنده نه: این سامانه نمی‌تواند تلفن شما را بی‌صدا کند.</translation>
    </message>
    <message>
        <source>{name} hears you now, the caller does not.</source>
        <translation>{name} اکنون صدای شما را می‌شنود، تماس‌گیرنده نه.</translation>
    </message>
    <message>
        <source>{name} hears you while you hold the button to talk.</source>
        <translation>{name} صدای شما را تا وقتی دکمهٔ صحبت را نگه داشته‌اید می‌شنود.</translation>
    </message>
    <message>
        <source>{name} hears you, the caller does not.</source>
        <translation>{name} صدای شما را می‌شنود، تماس‌گیرنده نه.</translation>
    </message>
    <message>
        <source>{name} is not told of it: so it was decided here.</source>
        <translation>به {name} خبر داده نمی‌شود: اینجا چنین تصمیم گرفته شده است.</translation>
    </message>
    <message>
        <source>{name} is not told of it: this system, or its account, sends no messages.</source>
        <translation>به {name} خبر داده نمی‌شود: این سامانه یا حساب آن پیام نمی‌فرستد.</translation>
    </message>
    <message>
        <source>{name} is told of it by a message to the phone.</source>
        <translation>با پیامی روی تلفن به {name} خبر داده می‌شود.</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>as last week</source>
        <translation>مثل هفتهٔ پیش</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>مربوط به {time}</translation>
    </message>
    <message>
        <source>limit {limit}</source>
        <translation>حد {limit}</translation>
    </message>
    <message>
        <source>measured differently</source>
        <translation>پروفایل‌های متفاوت</translation>
    </message>
    <message>
        <source>n = {number}</source>
        <translation>تعداد {number}</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>بدون دسترسی</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>گفته نمی‌شود</translation>
    </message>
    <message>
        <source>of {number}</source>
        <translation>از {number}</translation>
    </message>
    <message>
        <source>target {limit}</source>
        <translation>هدف {limit}</translation>
    </message>
    <message>
        <source>{change}
on last week</source>
        <translation>{change}
نسبت به هفتهٔ پیش</translation>
    </message>
    <message>
        <source>{change} points
on last week</source>
        <translation>{change} واحد
نسبت به هفتهٔ پیش</translation>
    </message>
    <message>
        <source>{name}, {seconds} s</source>
        <translation>{name}، {seconds} ثانیه</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source> </source>
        <translation> و </translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>۱ ساعت</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>۱ دقیقه</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>۱ ثانیه</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>نامعلوم</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} روز و {hours} ساعت</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>{minutes} دقیقه پیش</translation>
    </message>
    <message>
        <source>{number} hours</source>
        <translation>{number} ساعت</translation>
    </message>
    <message>
        <source>{number} minutes</source>
        <translation>{number} دقیقه</translation>
    </message>
    <message>
        <source>{number} seconds</source>
        <translation>{number} ثانیه</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} ث</translation>
    </message>
    <message>
        <source>{seconds} s ago</source>
        <translation>{seconds} ثانیه پیش</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Connect my system</source>
        <translation>اتصال به سامانهٔ من</translation>
    </message>
    <message>
        <source>DEMO DATA</source>
        <translation>دادهٔ نمایشی</translation>
    </message>
    <message>
        <source>Notices about the data: {number}</source>
        <translation>تذکر دربارهٔ داده‌ها: {number}</translation>
    </message>
    <message>
        <source>Simulate outage</source>
        <translation>شبیه‌سازی قطعی</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>پوسته</translation>
    </message>
</context>
<context>
    <name>Trend</name>
    <message>
        <source>Not answered</source>
        <translation>بی‌پاسخ</translation>
    </message>
    <message>
        <source>Offered {offered}, answered {answered}, not seen {unseen} min</source>
        <translation>ورودی {offered}، پاسخ‌داده‌شده {answered}، دیده‌نشده {unseen} دقیقه</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>دیده نشد</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>failed</source>
        <translation>ناموفق</translation>
    </message>
    <message>
        <source>good</source>
        <translation>خوب</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>نیازمند بررسی</translation>
    </message>
</context>
<context>
    <name>Walls</name>
    <message>
        <source>% darker</source>
        <translation>٪ تاریک‌تر</translation>
    </message>
    <message>
        <source>A PIN has 4 to 12 digits.</source>
        <translation>رمز ۴ تا ۱۲ رقم دارد.</translation>
    </message>
    <message>
        <source>A PIN is set. Nobody can look it up, here neither; a new one replaces it.</source>
        <translation>رمز ثبت شده است. هیچ‌کس، اینجا هم، نمی‌تواند آن را ببیند؛ رمز تازه جای آن را می‌گیرد.</translation>
    </message>
    <message>
        <source>A board says what a TV on the wall shows: which scenes, in which order, how large for the farthest seat, and whose names. Make one here, look at it, and start it on the TV; or bring in one that was made on another computer.</source>
        <translation>تابلو می‌گوید تلویزیون روی دیوار چه نشان دهد: کدام صحنه‌ها، به چه ترتیب، چقدر درشت برای دورترین صندلی، و نام چه کسانی. اینجا یکی بسازید، نگاهش کنید و روی تلویزیون شروعش کنید؛ یا تابلویی را که در رایانهٔ دیگری ساخته شده وارد کنید.</translation>
    </message>
    <message>
        <source>A larger screen helps, or one that hangs nearer.</source>
        <translation>نمایشگر بزرگ‌تر یا نزدیک‌تر چاره است.</translation>
    </message>
    <message>
        <source>A number from {least} to {most}.</source>
        <translation>عددی از {least} تا {most}.</translation>
    </message>
    <message>
        <source>A text of your own.</source>
        <translation>متنی از خودتان.</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most}.</source>
        <translation>عدد صحیحی از {least} تا {most}.</translation>
    </message>
    <message>
        <source>Add a scene …</source>
        <translation>افزودن صحنه …</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>کارشناسان</translation>
    </message>
    <message>
        <source>Always there</source>
        <translation>همیشه نمایان</translation>
    </message>
    <message>
        <source>As at night</source>
        <translation>مانند شب</translation>
    </message>
    <message>
        <source>At night</source>
        <translation>در شب</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>سیاه</translation>
    </message>
    <message>
        <source>Bring in a board</source>
        <translation>وارد کردن تابلو</translation>
    </message>
    <message>
        <source>Bring in …</source>
        <translation>وارد کردن …</translation>
    </message>
    <message>
        <source>Callers who hung up, by time and queue.</source>
        <translation>تماس‌گیرندگانی که قطع کردند، بر پایهٔ زمان و صف.</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>انتخاب تصویر</translation>
    </message>
    <message>
        <source>Choose a picture …</source>
        <translation>انتخاب تصویر …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>رونوشت</translation>
    </message>
    <message>
        <source>Counts only</source>
        <translation>فقط تعداد</translation>
    </message>
    <message>
        <source>Critical alerts only</source>
        <translation>فقط هشدارهای بحرانی</translation>
    </message>
    <message>
        <source>Ctrl+↑ and Ctrl+↓ move the chosen scene, Delete removes it.</source>
        <translation>با Ctrl+↑‎ و Ctrl+↓‎ صحنهٔ برگزیده جابه‌جا می‌شود و با Delete برداشته می‌شود.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>تکثیر</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>جلوتر</translation>
    </message>
    <message>
        <source>Empty: the name of the connection.</source>
        <translation>خالی: نام اتصال.</translation>
    </message>
    <message>
        <source>Farthest seat</source>
        <translation>دورترین صندلی</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>ارقام</translation>
    </message>
    <message>
        <source>First name and initial</source>
        <translation>نام کوچک و حرف نخست نام خانوادگی</translation>
    </message>
    <message>
        <source>From the screen to the one who sits farthest from it.</source>
        <translation>از نمایشگر تا دورترین کسی که آن را می‌بیند.</translation>
    </message>
    <message>
        <source>How many agents are in which state.</source>
        <translation>چند کارشناس در چه وضعیتی‌اند.</translation>
    </message>
    <message>
        <source>It is called {name} now.</source>
        <translation>نام آن اکنون {name} است.</translation>
    </message>
    <message>
        <source>It shows</source>
        <translation>نشان می‌دهد</translation>
    </message>
    <message>
        <source>It stays</source>
        <translation>می‌ماند</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>عقب‌تر</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>نشان</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>ظاهر</translation>
    </message>
    <message>
        <source>Lost calls</source>
        <translation>تماس‌های از دست رفته</translation>
    </message>
    <message>
        <source>Make the first board</source>
        <translation>ساختن نخستین تابلو</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>پیام</translation>
    </message>
    <message>
        <source>Name of the board</source>
        <translation>نام تابلو</translation>
    </message>
    <message>
        <source>Name on the wall</source>
        <translation>نام روی تابلو</translation>
    </message>
    <message>
        <source>Names, night, PIN</source>
        <translation>نام‌ها، شب، رمز</translation>
    </message>
    <message>
        <source>New</source>
        <translation>تازه</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>رمز تازه</translation>
    </message>
    <message>
        <source>Next scene</source>
        <translation>صحنهٔ بعدی</translation>
    </message>
    <message>
        <source>No PIN</source>
        <translation>بدون رمز</translation>
    </message>
    <message>
        <source>No TV board yet</source>
        <translation>هنوز تابلوی تلویزیونی نیست</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>بدون تصویر</translation>
    </message>
    <message>
        <source>None chosen: the usual ones.</source>
        <translation>اگر هیچ‌کدام برگزیده نشود: ارقام معمول.</translation>
    </message>
    <message>
        <source>None is set: the Esc key ends the board. 4 to 12 digits.</source>
        <translation>رمزی ثبت نشده است: کلید Esc تابلو را می‌بندد. ۴ تا ۱۲ رقم.</translation>
    </message>
    <message>
        <source>None ticked: all queues, also those that come later.</source>
        <translation>اگر هیچ‌کدام تیک نخورد: همهٔ صف‌ها، حتی آن‌ها که بعداً می‌آیند.</translation>
    </message>
    <message>
        <source>Of a scene of several pages, each page stays so long.</source>
        <translation>در صحنهٔ چندصفحه‌ای هر صفحه همین اندازه می‌ماند.</translation>
    </message>
    <message>
        <source>On a screen</source>
        <translation>روی نمایشگر</translation>
    </message>
    <message>
        <source>Or type this on the computer at the TV:</source>
        <translation>یا این فرمان را در رایانهٔ کنار تلویزیون اجرا کنید:</translation>
    </message>
    <message>
        <source>Outside of the shifts. It spares the screen.</source>
        <translation>بیرون از شیفت‌ها. از فرسودگی نمایشگر می‌کاهد.</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نمای کلی</translation>
    </message>
    <message>
        <source>PIN to leave it</source>
        <translation>رمز بستن</translation>
    </message>
    <message>
        <source>PNG or JPEG, at most 4 MB; it is copied beside the board.</source>
        <translation>تصویر PNG یا JPEG، حداکثر ۴ مگابایت؛ کنار تابلو رونوشت می‌شود.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>مکث</translation>
    </message>
    <message>
        <source>Place {number}</source>
        <translation>جای {number}</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>پخش</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>صف‌ها</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>برداشتن</translation>
    </message>
    <message>
        <source>Scene before</source>
        <translation>صحنهٔ پیشین</translation>
    </message>
    <message>
        <source>Scene {number} of {count}: {name}</source>
        <translation>صحنهٔ {number} از {count}: {name}</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>صحنه‌ها</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>نمایشگر</translation>
    </message>
    <message>
        <source>Screen and room</source>
        <translation>نمایشگر و اتاق</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>ثبت</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>بی‌صدا</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>صدا</translation>
    </message>
    <message>
        <source>Start (Ctrl+Shift+K)</source>
        <translation>شروع (Ctrl+Shift+K)</translation>
    </message>
    <message>
        <source>TV</source>
        <translation>تلویزیون</translation>
    </message>
    <message>
        <source>TVs now</source>
        <translation>تلویزیون‌ها اکنون</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>متن</translation>
    </message>
    <message>
        <source>That of the program</source>
        <translation>زبان برنامه</translation>
    </message>
    <message>
        <source>The command</source>
        <translation>فرمان</translation>
    </message>
    <message>
        <source>The figures of the whole site, large.</source>
        <translation>ارقام کل مرکز، درشت.</translation>
    </message>
    <message>
        <source>The file of {name} was changed by somebody else meanwhile. What is in it now is shown; nothing was written.</source>
        <translation>فایل {name} در این میان از جای دیگری تغییر کرده است. محتوای کنونی آن نشان داده می‌شود؛ چیزی نوشته نشد.</translation>
    </message>
    <message>
        <source>The last hour as lines.</source>
        <translation>یک ساعت گذشته به شکل نمودار.</translation>
    </message>
    <message>
        <source>The queues, worst first, on as many pages as they need.</source>
        <translation>صف‌ها، بدترین در بالا، در هر چند صفحه که لازم باشد.</translation>
    </message>
    <message>
        <source>The screen&apos;s diagonal, as in 43, 55, 65 or 75.</source>
        <translation>قطر نمایشگر، مانند ۴۳، ۵۵، ۶۵ یا ۷۵.</translation>
    </message>
    <message>
        <source>They stay on every scene. None chosen: waiting, longest wait and service level.</source>
        <translation>در همهٔ صحنه‌ها می‌مانند. اگر هیچ‌کدام برگزیده نشود: در انتظار، بیشترین انتظار و سطح سرویس.</translation>
    </message>
    <message>
        <source>Too long: the last {number} letters are not shown.</source>
        <translation>متن بلند است: {number} حرف آخر نشان داده نمی‌شود.</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>روند</translation>
    </message>
    <message>
        <source>What is decided</source>
        <translation>بخش‌های تنظیم</translation>
    </message>
    <message>
        <source>While closed</source>
        <translation>هنگام تعطیلی</translation>
    </message>
    <message>
        <source>Who walks by reads the names, too, and sees how long somebody was away. Show them only if those who are named know it and the law where you are allows it.</source>
        <translation>هر رهگذری هم نام‌ها را می‌خواند و می‌بیند چه کسی چه مدت نبوده است. فقط اگر صاحبان نام می‌دانند و قانون محل شما اجازه می‌دهد آن‌ها را نشان دهید.</translation>
    </message>
    <message>
        <source>Write the board to a file</source>
        <translation>نوشتن تابلو در فایل</translation>
    </message>
    <message>
        <source>Write to a file …</source>
        <translation>نوشتن در فایل …</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>و {count} تای دیگر</translation>
    </message>
    <message>
        <source>inches</source>
        <translation>اینچ</translation>
    </message>
    <message>
        <source>metres</source>
        <translation>متر</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>ثانیه</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>همین نمایشگر</translation>
    </message>
    <message>
        <source>{name} ended as soon as it was started. Type the command below in a terminal: it says why.</source>
        <translation>{name} همین که شروع شد پایان یافت. فرمان پایین را در ترمینال اجرا کنید: دلیل را می‌گوید.</translation>
    </message>
    <message>
        <source>{name} is being started on {screen}.</source>
        <translation>{name} روی {screen} شروع می‌شود.</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name} تغییر کرد.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} حذف شد.</translation>
    </message>
    <message>
        <source>{name} was made.</source>
        <translation>{name} ساخته شد.</translation>
    </message>
    <message>
        <source>{name} was written to {path}.</source>
        <translation>{name} در {path} نوشته شد.</translation>
    </message>
    <message>
        <source>{name} · {seconds} s</source>
        <translation>{name} · {seconds} ثانیه</translation>
    </message>
    <message>
        <source>{name} · {seconds} s · queues: {count}</source>
        <translation>{name} · {seconds} ثانیه · {count} صف</translation>
    </message>
    <message>
        <source>{number} letters left</source>
        <translation>{number} حرف دیگر جا هست</translation>
    </message>
</context>
<context>
    <name>Weekday</name>
    <message>
        <source>Fri</source>
        <translation>جمعه</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>جمعه</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>دوشنبه</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>دوشنبه</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>شنبه</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>شنبه</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>یکشنبه</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>یکشنبه</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>پنجشنبه</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>پنجشنبه</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>سه‌شنبه</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>سه‌شنبه</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>چهارشنبه</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>چهارشنبه</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Chosen time</source>
        <translation>بازهٔ دلخواه</translation>
    </message>
    <message>
        <source>Figures of</source>
        <translation>ارقام مربوط به</translation>
    </message>
    <message>
        <source>Figures of: {window}. Press for others.</source>
        <translation>ارقام مربوط به: {window}. برای بازه‌های دیگر فشار دهید.</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>۱۵ دقیقهٔ گذشته</translation>
    </message>
    <message>
        <source>Last 30 minutes</source>
        <translation>۳۰ دقیقهٔ گذشته</translation>
    </message>
    <message>
        <source>Last 60 minutes</source>
        <translation>۶۰ دقیقهٔ گذشته</translation>
    </message>
    <message>
        <source>This interval</source>
        <translation>همین بازه</translation>
    </message>
    <message>
        <source>This shift so far</source>
        <translation>شیفت تا اکنون</translation>
    </message>
    <message>
        <source>Today so far</source>
        <translation>امروز تا اکنون</translation>
    </message>
</context>
<context>
    <name>WindowShort</name>
    <message>
        <source>15 min</source>
        <translation>۱۵ دقیقه</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>۳۰ دقیقه</translation>
    </message>
    <message>
        <source>60 min</source>
        <translation>۶۰ دقیقه</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>بازهٔ دلخواه</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>همین بازه</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>شیفت</translation>
    </message>
    <message>
        <source>today</source>
        <translation>امروز</translation>
    </message>
</context>
</TS>
