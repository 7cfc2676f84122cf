@echo off
rem Starts Auscult. Builds it first when there is no build or a source is newer than the last one.
rem Needs a JDK 17 or newer and, to build, Maven.
rem   JAVA_HOME           which JDK; otherwise the java on the path
rem   AUSCULT_JAVA_OPTS   more options for the Java VM, e.g. -Xmx8g for very large images
rem Two starts at once both build, each from a copy of the sources in a folder of its own; a build
rem is used only when it is whole, and one that is running is never changed.
rem No variable stands inside a block: a path such as "Program Files (x86)" would end it.
setlocal enableextensions disabledelayedexpansion
set "ROOT=%~dp0"
set "STATE=%ROOT%cli\target\launch"
set "STAMP=%STATE%\built"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

rem Java 17 is the first that knows this option.
"%JAVA%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if not "%errorlevel%"=="0" goto no_java

if not exist "%STAMP%" goto build
rem A file, or folder with a deletion, that is newer than the last build. Paths come by environment.
powershell -NoProfile -Command "$ErrorActionPreference='Stop'; $t=(Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $d=$env:ROOT; $all=@(Get-Item -LiteralPath ($d+'pom.xml'),($d+'core\pom.xml'),($d+'onnx\pom.xml'),($d+'cli\pom.xml')) + @(Get-ChildItem -Recurse -LiteralPath ($d+'.mvn'),($d+'core\src\main'),($d+'onnx\src\main'),($d+'cli\src\main')); if ($all | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
if not "%errorlevel%"=="0" goto build
set "APP="
set /p APP=<"%STAMP%"
if not exist "%STATE%\%APP%\auscult-cli-*.jar" goto build

:run
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
"%JAVA%" -XX:+UseSerialGC -Xmx2g -Djava.awt.headless=true -Dfile.encoding=UTF-8 ^
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.maxbytes=0 ^
  --enable-native-access=ALL-UNNAMED %AUSCULT_JAVA_OPTS% -cp "%STATE%\%APP%\*" ^
  dev.auscult.cli.Main %*
exit /b %errorlevel%

:build
where mvn >nul 2>&1
if not "%errorlevel%"=="0" goto no_maven
set "APP=app-%RANDOM%%RANDOM%"
set "WORK=%STATE%\work-%APP%"
if exist "%WORK%" goto build
echo auscult: building; the first time Maven fetches about 200 MB of libraries 1>&2
mkdir "%WORK%"
if not "%errorlevel%"=="0" goto no_place
set "PREVIOUS="
if exist "%STAMP%" set /p PREVIOUS=<"%STAMP%"
dir /b /ad "%STATE%\app-*" >"%WORK%\earlier" 2>nul
rem Its time is that of the beginning: what changes during the build is built the next time.
echo %APP%>"%WORK%\begun"

pushd "%ROOT%"
copy /y pom.xml "%WORK%" >nul
xcopy .mvn "%WORK%\.mvn" /e /i /q /y >nul
for /d %%m in (*) do if exist "%%m\pom.xml" call :copy_module "%%m"
popd
pushd "%WORK%"
call mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package 1>&2
set "BUILT=%errorlevel%"
popd
if not "%BUILT%"=="0" goto build_failed
copy /y "%WORK%\cli\target\auscult-cli-*.jar" "%WORK%\cli\target\lib" >nul
if not "%errorlevel%"=="0" goto build_failed
move "%WORK%\cli\target\lib" "%STATE%\%APP%" >nul
if not "%errorlevel%"=="0" goto build_failed
rem If another start replaces the stamp at this moment, the next start builds again.
move /y "%WORK%\begun" "%STAMP%" >nul 2>&1
for /f "usebackq delims=" %%d in ("%WORK%\earlier") do call :forget "%%d"
rd /s /q "%WORK%"
goto run

rem A module as Maven needs it to package: its POM and its sources.
:copy_module
mkdir "%WORK%\%~1"
copy /y "%~1\pom.xml" "%WORK%\%~1" >nul
if exist "%~1\src\main" xcopy "%~1\src\main" "%WORK%\%~1\src\main" /e /i /q /y >nul
exit /b 0

rem Removes a build that neither this start nor one just before it uses.
:forget
if /i "%~1"=="%PREVIOUS%" exit /b 0
rem While a program runs from it, it cannot be renamed, and stays.
ren "%STATE%\%~1" "old-%~1" 2>nul
if exist "%STATE%\old-%~1" rd /s /q "%STATE%\old-%~1"
exit /b 0

:no_java
echo auscult: found no Java 17 or newer at "%JAVA%"; install a JDK 17 or newer, or set JAVA_HOME to one 1>&2
exit /b 1

:no_maven
echo auscult: found no mvn on the path; Maven builds Auscult on the first start; install it 1>&2
exit /b 1

:no_place
echo auscult: cannot write "%STATE%", where the build goes 1>&2
exit /b 1

:build_failed
echo auscult: the build failed; its messages are above 1>&2
rd /s /q "%WORK%"
exit /b 1
