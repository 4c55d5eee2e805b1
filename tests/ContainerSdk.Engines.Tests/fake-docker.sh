#!/bin/sh
# Stands for docker: appends its arguments to a file beside it, and then does what the test's script beside it says.
printf '%s\n' "$*" >> "$0.calls"
. "$0.script"
