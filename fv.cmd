@echo off
rem Runs fv from the sources on Windows; the first call builds it. See the script "fv" for what the two variables do.
setlocal
if not defined DOTNET_JitInlineBudget set DOTNET_JitInlineBudget=64
if not defined DOTNET_JitMaxLocalsToTrack set DOTNET_JitMaxLocalsToTrack=2000
if not exist "%~dp0Validation\bin\Release" echo fv: building the program from its sources; the first time this takes a minute or more 1>&2
dotnet run -c Release -v q --project "%~dp0Validation\Validation.csproj" -- %*
exit /b %ERRORLEVEL%
