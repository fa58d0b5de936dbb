"""The neutral JSON API as a language: what is said and read; no network, no disk, no clock."""
