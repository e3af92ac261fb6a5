"""Run a command and print the most memory a process of it took, in KiB, and its exit code.

A process of its own, as small as Python gets: a child's peak begins with the size of the process that started it, so
the comparison itself, which is bigger, cannot be that process.
"""

import os
import sys

QUIET = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]

if __name__ == "__main__":
    _, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=QUIET), 0)
    unit = 1024 if sys.platform == "darwin" else 1
    print(usage.ru_maxrss // unit, os.waitstatus_to_exitcode(status))
