import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import { decideDevice } from "../api/testing/test-device.ts";
import { makeMember, makeWorkspace } from "../api/testing/test-member.ts";
import { ask, makePerson, type TestPerson } from "../api/testing/test-person.ts";

const mainFile = fileURLToPath(new URL("./main.ts", import.meta.url));
/** The command waits the interval of the device grant before it asks for the first time. */
const patienceMs = 60_000;

let backend: TestBackend;
let home: string;
const children: Bun.Subprocess[] = [];
beforeAll(async () => {
	backend = await startTestBackend();
	home = await mkdtemp(join(tmpdir(), "sheaf-cli-"));
});
afterEach(() => {
	for (const child of children.splice(0)) child.kill();
});
afterAll(async () => {
	await backend.close();
	await rm(home, { recursive: true, force: true });
});

function start(args: string[], variables: Record<string, string> = {}) {
	const child = Bun.spawn([process.execPath, mainFile, ...args], {
		env: { HOME: home, SHEAF_DATA_DIR: join(home, "none"), SHEAF_PUBLIC_URL: backend.url, ...variables },
		stdin: "ignore",
		stdout: "pipe",
		stderr: "pipe",
	});
	children.push(child);
	return child;
}

async function run(args: string[], variables: Record<string, string> = {}) {
	const child = start(args, variables);
	const [said, complained] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
	return { exitCode: await child.exited, said: said.trim(), complained: complained.trim() };
}

/** Starts `login` and does what it asks for, in a browser in which this person signs in or up. */
async function login(person: TestPerson, decision: "allow" | "deny" = "allow") {
	const child = start(["login"]);
	let said = "";
	const reader = child.stdout.getReader();
	const decoder = new TextDecoder();
	const readMore = async () => {
		const { done, value } = await reader.read();
		said += decoder.decode(value);
		return !done;
	};
	while (!/the code [A-Z-]{9}/.test(said) && (await readMore()));
	await decideDevice(person, /Open (\S+)/.exec(said)?.[1] ?? "", decision);
	while (await readMore());
	return { exitCode: await child.exited, said, complained: (await new Response(child.stderr).text()).trim() };
}

test(
	"ID-3: login, whoami, token, request and logout, as a developer uses them",
	async () => {
		const person = await makePerson(backend.url);
		const loggedIn = await login(person);
		expect(loggedIn).toMatchObject({ exitCode: 0, complained: "" });
		expect(loggedIn.said).toContain(`Signed in: ${person.email} in "Personal" as owner, at ${backend.url}`);
		expect((await run(["whoami"])).said).toContain(person.email);

		const { said: token } = await run(["token"]);
		expect(token.split(".")).toHaveLength(3);
		expect((await ask(`${backend.url}/api/v1/users/me`, token)).status).toBe(200);

		const me = await run(["request", "get", "/api/v1/users/me"]);
		expect(JSON.parse(me.said)).toMatchObject({ email: person.email });
		const renamed = await run(["request", "PATCH", "/api/v1/users/me", '{"firstName":"Ada"}']);
		expect(JSON.parse(renamed.said)).toMatchObject({ firstName: "Ada" });
		const refused = await run(["request", "GET", "/api/v1/nothing"]);
		expect(refused.exitCode).toBe(1);
		expect(JSON.parse(refused.said)).toMatchObject({ error: { code: "request/not-found" } });

		expect(await run(["logout"])).toMatchObject({ exitCode: 0, said: `Signed out at ${backend.url}.` });
		expect(await run(["token"])).toMatchObject({ exitCode: 1, said: "" });
		expect((await ask(`${backend.url}/api/v1/users/me`, token)).status).toBe(401);
	},
	patienceMs,
);

test(
	"ID-3: the session's file is this account's alone, and of no use once the device was signed out elsewhere",
	async () => {
		const member = await makeMember(backend.url);
		await login(member.person);
		const directory = join(home, ".config", "sheaf");
		const [file = ""] = await readdir(directory);
		expect(file).toBe(`cli-localhost-${new URL(backend.url).port}.json`);
		expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
		const { refreshToken } = JSON.parse(await readFile(join(directory, file), "utf8"));
		const stolen = { grant_type: "refresh_token", refresh_token: refreshToken, client_id: "sheaf-cli" };
		expect((await member.person.token(stolen)).status).toBe(400);

		const { id } = await makeWorkspace(member, "Second");
		expect((await run(["whoami", "--workspace", id])).said).toContain('in "Second" as owner');
		const foreign = await run(["token", "--workspace", Bun.randomUUIDv7()]);
		expect(foreign.complained).toBe("You are not in a workspace with this id.");

		await member.send("DELETE", "/users/me/sessions?keep=current");
		expect((await run(["token"])).complained).toContain("This terminal was signed out.");
	},
	patienceMs,
);

test(
	"ID-4: a denied terminal says so and keeps nothing",
	async () => {
		await run(["logout"]);
		await rm(join(home, ".config"), { recursive: true, force: true });
		const { exitCode, complained } = await login(await makePerson(backend.url), "deny");
		expect({ exitCode, complained }).toEqual({ exitCode: 1, complained: "The device was denied." });
		expect((await run(["whoami"])).complained).toContain("Nobody is signed in at");
	},
	patienceMs,
);

test("what cannot be done is said in a sentence", async () => {
	expect((await run([])).complained).toContain("npm run cli -- login");
	expect((await run(["whoami", "--server"])).complained).toContain("--server needs a value.");
	expect((await run(["whoami", "--server", "ftp://x"])).complained).toContain("ftp://x is no address of a server");
	expect((await run(["login", "--server", backend.url.replace("localhost", "127.0.0.1")])).complained).toContain(
		"does not answer like a Sheaf backend",
	);
	expect((await run(["request", "GET"])).complained).toContain("Say what to ask");
	const busy = Bun.serve({
		port: 0,
		hostname: "localhost",
		fetch: ({ url }) => {
			const { origin, pathname } = new URL(url);
			if (!pathname.startsWith("/.well-known/"))
				return Response.json({ error: "temporarily_unavailable" }, { status: 429 });
			const device = `${origin}/oauth/device_authorization`;
			return Response.json({ issuer: origin, token_endpoint: `${origin}/t`, device_authorization_endpoint: device });
		},
	});
	const { complained } = await run(["login", "--server", busy.url.origin]);
	await busy.stop(true);
	expect(complained).toBe("The server has too much to do. Try again in a minute.");
});
