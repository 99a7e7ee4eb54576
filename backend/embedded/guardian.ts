import { type ChildProcess, spawn } from "node:child_process";
import type { ServerUser } from "./server-user.ts";

export type GuardianOptions = {
	/** The program and its arguments. */
	command: readonly [string, ...string[]];
	user: ServerUser;
	/** Open file descriptor for the server's own log. */
	logFd: number;
	/** Deleted after the server has ended; for databases that are not to outlive us. */
	deleteAfter?: string;
};

/**
 * `read` returns at end of file, which comes when the other end of the pipe closes: because we closed it to stop the
 * server, or because we are gone. SIGINT is PostgreSQL's fast shutdown. `read` and `kill` are built into the shell, so
 * that the guardian is one process.
 */
const script = `
trap '' INT TERM HUP
delete_after=$1
shift
exec 3<&0
"$@" <&- &
server=$!
{ while read -r _; do :; done; kill -INT "$server"; } <&3 3<&- &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
[ -z "$delete_after" ] || rm -rf "$delete_after"
exit "$status"
`;

/**
 * Starts a server that cannot outlive this process. End its stdin to stop it; the child exits with the server's status.
 * Detached, because Ctrl-C in a terminal signals the whole group and we still need the database to finish our work.
 */
export function spawnGuarded({ command, user, logFd, deleteAfter }: GuardianOptions): ChildProcess {
	return spawn("/bin/sh", ["-c", script, "sheaf-guardian", deleteAfter ?? "", ...command], {
		...user.ids,
		cwd: "/",
		detached: true,
		env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
		stdio: ["pipe", logFd, logFd],
	});
}
