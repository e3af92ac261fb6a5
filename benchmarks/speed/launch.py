"""Run a command with its output in a file; print the most memory a process of it took, in KiB, and its exit code.

    launch.py OUTPUT PROGRAM [ARGUMENT]...

A process of its own, as small as Python gets: a child's peak begins with the size of the process that started it, so
the comparison itself, which is bigger, cannot be that process.
"""

import os
import sys

if __name__ == "__main__":
    output, *command = sys.argv[1:]
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=streams), 0)
    unit = 1024 if sys.platform == "darwin" else 1
    print(usage.ru_maxrss // unit, os.waitstatus_to_exitcode(status))
