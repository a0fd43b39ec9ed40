; Offers Eichlicht under "Open with" for these types, and takes none of them away: a ProgID of our
; own, named in OpenWithProgids (Microsoft, "File Types and File Associations").

!macro EICHLICHT_OFFER EXT
  WriteRegStr SHELL_CONTEXT "Software\Classes\${EXT}\OpenWithProgids" "Eichlicht.Record" ""
!macroend

!macro EICHLICHT_WITHDRAW EXT
  DeleteRegValue SHELL_CONTEXT "Software\Classes\${EXT}\OpenWithProgids" "Eichlicht.Record"
!macroend

!macro EICHLICHT_TELL_SHELL
  ; SHCNE_ASSOCCHANGED
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Eichlicht.Record" "" "Signed meter reading"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Eichlicht.Record\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro EICHLICHT_OFFER ".ocmf"
  !insertmacro EICHLICHT_OFFER ".xml"
  !insertmacro EICHLICHT_OFFER ".json"
  !insertmacro EICHLICHT_OFFER ".pdf"
  !insertmacro EICHLICHT_OFFER ".txt"
  !insertmacro EICHLICHT_TELL_SHELL
!macroend

!macro customUnInstall
  !insertmacro EICHLICHT_WITHDRAW ".ocmf"
  !insertmacro EICHLICHT_WITHDRAW ".xml"
  !insertmacro EICHLICHT_WITHDRAW ".json"
  !insertmacro EICHLICHT_WITHDRAW ".pdf"
  !insertmacro EICHLICHT_WITHDRAW ".txt"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Eichlicht.Record"
  !insertmacro EICHLICHT_TELL_SHELL
!macroend
