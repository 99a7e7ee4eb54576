import type { FullUserView } from "../contract/users.ts";
import { accessToken, revoke, signIn } from "./authorization.ts";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { printable } from "./printable.ts";
import { deleteStoredSession, readStoredSession, writeStoredSession } from "./session-file.ts";

/** One word of the command line. @returns the exit code. */
type Command = (line: CommandLine) => Promise<number>;

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
	["login", login],
	["logout", logout],
	["token", printToken],
	["whoami", whoAmI],
	["request", request],
]);

async function login(line: CommandLine): Promise<number> {
	const { accessToken: token, ...session } = await signIn(line.server, (codes) => {
		console.log(`Open ${codes.verification_uri_complete ?? codes.verification_uri}`);
		console.log(`and allow this terminal there, if the page shows the code ${codes.user_code}.`);
	});
	await writeStoredSession(line, session);
	console.log(`Signed in: ${await describe(line, token)}`);
	return 0;
}

async function logout(line: CommandLine): Promise<number> {
	await revoke(line.server, await readStoredSession(line));
	await deleteStoredSession(line);
	console.log(`Signed out at ${line.server}.`);
	return 0;
}

/** The token and nothing else, so that a shell can put it into a header. */
async function printToken(line: CommandLine): Promise<number> {
	console.log(await freshToken(line));
	return 0;
}

async function whoAmI(line: CommandLine): Promise<number> {
	console.log(await describe(line, await freshToken(line)));
	return 0;
}

/** Prints the answer's body. Fails for an answer of 400 or more, so that a script notices. */
async function request(line: CommandLine): Promise<number> {
	const [method, path, body] = line.words;
	// A whole address could be another server's, and the token is for this one.
	if (method === undefined || !path?.startsWith("/")) {
		throw new CliError("Say what to ask, like: request GET /api/v1/users/me");
	}
	const answer = await ask(line, await freshToken(line), { method: method.toUpperCase(), path, body });
	const text = await answer.text();
	console.log(text === "" ? `${answer.status}` : printable(readable(text)));
	return answer.ok ? 0 : 1;
}

async function freshToken(line: CommandLine): Promise<string> {
	return await accessToken(line.server, await readStoredSession(line), line.workspaceId);
}

async function describe(line: CommandLine, token: string): Promise<string> {
	const answer = await ask(line, token, { method: "GET", path: "/api/v1/users/me/full" });
	if (!answer.ok) throw new CliError(`${line.server} answers ${answer.status}: ${await answer.text()}`);
	const { user, session } = (await answer.json()) as FullUserView;
	return `${user.email || user.id} in "${printable(session.workspace.name)}" as ${session.workspace.role}, at ${line.server}`;
}

type Asked = { method: string; path: string; body?: string | undefined };

async function ask({ server }: CommandLine, token: string, { method, path, body }: Asked): Promise<Response> {
	const headers: Record<string, string> = { authorization: `Bearer ${token}` };
	if (body !== undefined) headers["content-type"] = "application/json";
	try {
		return await fetch(server + path, { method, headers, body: body ?? null, redirect: "error" });
	} catch (error) {
		if (error instanceof Error) throw new CliError(`${server} gave no answer: ${error.message}`);
		throw error;
	}
}

function readable(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}
