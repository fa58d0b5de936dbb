; Sets the program up on Windows: for one user or for all, with a window or silently, in English
; or Farsi; sets a newer version up over an older one; takes it away again, and leaves settings
; and stored calls where they are unless it is told otherwise.
;
;   makensis -DVERSION=1.2.3 -DVERSION_OF_FOUR=1.2.3.0 -DPAYLOAD=folder -DOUT=setup.exe
;       -DICON=wallboard.ico -DSIDE=side.bmp wallboard.nsi
;
; The set-up:   setup.exe /S [/CurrentUser | /AllUsers] [/KIOSK] [/LANG=fa | en] [/D=C:\folder]
; Taking away:  uninstall.exe /S [/REMOVEDATA]
; It ends with 0; with 2 if somebody has the program open.

Unicode true
!ifdef TARGET
Target ${TARGET}
!endif
SetCompressor /SOLID lzma

!define NAME "Wallboard"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_USE_PROGRAMFILES64

!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION_OF_FOUR}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${NAME}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "SetupLanguage"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\wallboard.exe"
!insertmacro MUI_PAGE_FINISH

!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
; NSIS has these in English only.
!define MULTIUSER_TEXT_INSTALLMODE_TITLE "برای چه کسانی"
!define MULTIUSER_TEXT_INSTALLMODE_SUBTITLE "انتخاب کنید $(^NameDA) برای کدام کاربران نصب شود."
!define MULTIUSER_INNERTEXT_INSTALLMODE_TOP "انتخاب کنید که $(^NameDA) فقط برای خودتان نصب شود یا برای همهٔ کاربران این رایانه. $(^ClickNext)"
!define MULTIUSER_INNERTEXT_INSTALLMODE_ALLUSERS "نصب برای همهٔ کاربران این رایانه"
!define MULTIUSER_INNERTEXT_INSTALLMODE_CURRENTUSER "نصب فقط برای من"
!insertmacro MUI_LANGUAGE "Farsi"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString PROGRAM ${LANG_ENGLISH} "The program"
LangString PROGRAM ${LANG_FARSI} "برنامه"
LangString PROGRAM_SAYS ${LANG_ENGLISH} "The program and its entry in the Start menu."
LangString PROGRAM_SAYS ${LANG_FARSI} "برنامه و میان‌بر آن در منوی شروع."
LangString KIOSK ${LANG_ENGLISH} "On the wall at sign-in"
LangString KIOSK ${LANG_FARSI} "نمایش تمام‌صفحه هنگام ورود"
LangString KIOSK_SAYS ${LANG_ENGLISH} "Shows the wall on the whole screen whenever you sign in to this computer. For TVs."
LangString KIOSK_SAYS ${LANG_FARSI} "هر بار که وارد این رایانه شوید، تابلو تمام‌صفحه نشان داده می‌شود. برای تلویزیون‌ها."
LangString DATA ${LANG_ENGLISH} "Settings and stored calls, too"
LangString DATA ${LANG_FARSI} "همراه با تنظیمات و تماس‌های ذخیره‌شده"
LangString DATA_SAYS ${LANG_ENGLISH} "Deletes what this user has decided and everything that was stored. It cannot be brought back."
LangString DATA_SAYS ${LANG_FARSI} "تنظیمات این کاربر و هر چه ذخیره شده پاک می‌شود. برگرداندنی نیست."
LangString IN_USE ${LANG_ENGLISH} "${NAME} is open. Close it, then try again."
LangString IN_USE ${LANG_FARSI} "والبورد باز است. آن را ببندید و دوباره تلاش کنید."
LangString DEMO ${LANG_ENGLISH} "${NAME} demo"
LangString DEMO ${LANG_FARSI} "نمایش آزمایشی والبورد"

; Ends if somebody has the program open: a file that runs cannot be opened to be written.
!macro MUST_BE_CLOSED UN
Function ${UN}MustBeClosed
  again:
  ${If} ${FileExists} "$INSTDIR\wallboard.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\wallboard.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro MUST_BE_CLOSED ""
!insertmacro MUST_BE_CLOSED "un."

Section "!$(PROGRAM)" SECTION_PROGRAM
  SectionIn RO
  Call MustBeClosed
  ; What an older version had and this one has not must not stay: Python would load it.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\wallboard.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}\Demo.lnk" "$INSTDIR\wallboard.exe" "demo" "" 0 SW_SHOWNORMAL "" "$(DEMO)"

  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\wallboard.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The Wallboard project"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$0"
SectionEnd

; Of who signs in: another user of the machine decides for himself.
Section /o "$(KIOSK)" SECTION_KIOSK
  WriteRegStr HKCU "${RUN}" "${NAME}" '"$INSTDIR\wallboard.exe" kiosk'
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_PROGRAM} "$(PROGRAM_SAYS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_KIOSK} "$(KIOSK_SAYS)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "un.$(PROGRAM)" UNSECTION_PROGRAM
  SectionIn RO
  Call un.MustBeClosed
  ; Nothing but what was set up: the folder may be somebody's own.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\wallboard.exe"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\${NAME}"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey HKCU "Software\${NAME}"
  ; Somebody may have written a line of his own under this name.
  ReadRegStr $0 HKCU "${RUN}" "${NAME}"
  ${If} $0 == '"$INSTDIR\wallboard.exe" kiosk'
    DeleteRegValue HKCU "${RUN}" "${NAME}"
  ${EndIf}
SectionEnd

Section /o "un.$(DATA)" UNSECTION_DATA
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\wallboard"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${UNSECTION_DATA} "$(DATA_SAYS)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function .onInit
  ; What /D told; the next line would set the usual folder in its place.
  StrCpy $R9 $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${If} $R1 == "fa"
    StrCpy $LANGUAGE ${LANG_FARSI}
  ${ElseIf} $R1 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${Else}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/KIOSK" $R1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SECTION_KIOSK}
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/REMOVEDATA" $R1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${UNSECTION_DATA}
  ${EndIf}
FunctionEnd
