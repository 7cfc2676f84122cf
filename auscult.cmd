@echo off
rem Builds what is missing or out of date, then starts Auscult. Needs JDK 17 or newer, and mvn on the path.
setlocal enableextensions
set "ROOT=%~dp0"
set "STAMP=%ROOT%cli\target\launch.stamp"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

"%JAVA%" -version >nul 2>&1 || (
  echo auscult: no Java found; install JDK 17 or newer, or set JAVA_HOME 1>&2
  exit /b 1
)

rem Out of date: no stamp, or a source, resource or POM newer than it.
powershell -NoProfile -Command "$s='%STAMP%'; if (-not (Test-Path -LiteralPath $s)) { exit 1 }; $t=(Get-Item -LiteralPath $s).LastWriteTimeUtc; $d='%ROOT%'; $n=@(Get-ChildItem -Recurse -File -LiteralPath ($d+'core\src\main'),($d+'cli\src\main')) + @(Get-Item -LiteralPath ($d+'pom.xml'),($d+'core\pom.xml'),($d+'cli\pom.xml')) | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 } else { exit 0 }"
if errorlevel 1 call :build || exit /b 1

if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
"%JAVA%" -XX:+UseSerialGC -Xmx2g -Djava.awt.headless=true -Dfile.encoding=UTF-8 ^
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.maxbytes=0 ^
  --enable-native-access=ALL-UNNAMED -cp "%ROOT%cli\target\classes;%ROOT%cli\target\lib\*" ^
  dev.auscult.cli.Main %*
exit /b %errorlevel%

:build
echo auscult: building; the first time Maven fetches about 200 MB of libraries 1>&2
pushd "%ROOT%"
call mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package 1>&2
set "BUILT=%errorlevel%"
popd
if not "%BUILT%"=="0" (
  echo auscult: the build failed; its messages are above 1>&2
  exit /b 1
)
echo built> "%STAMP%"
exit /b 0
