/** What the documents of this folder tell a developer to type is typed here, so that it stays true. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import { decideDevice } from "../api/testing/test-device.ts";
import { makePerson } from "../api/testing/test-person.ts";

const projectFolder = fileURLToPath(new URL("../..", import.meta.url));
const patienceMs = 120_000;

let backend: TestBackend;
let home: string;
beforeAll(async () => {
	backend = await startTestBackend();
	home = await mkdtemp(join(tmpdir(), "sheaf-docs-"));
});
afterAll(async () => {
	await backend.close();
	await rm(home, { recursive: true, force: true });
});

/** The blocks of one language in a document, as one text. */
async function blocksOf(document: string, language: string): Promise<string> {
	const text = await readFile(new URL(document, import.meta.url), "utf8");
	const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))];
	expect(blocks.length).toBeGreaterThan(0);
	return blocks.map(([, block = ""]) => block).join("\n");
}

function start(command: string[], variables: Record<string, string> = {}) {
	const { PATH = "" } = process.env;
	const place = { PATH, HOME: home, SHEAF_DATA_DIR: join(home, "none"), SHEAF_PUBLIC_URL: backend.url };
	return Bun.spawn(command, { cwd: projectFolder, env: { ...place, ...variables }, stdout: "pipe", stderr: "ignore" });
}

test(
	"ID-6: the commands that call the API do what the document says",
	async () => {
		const person = await makePerson(backend.url);
		const child = start(["bash", "-euo", "pipefail", "-c", await blocksOf("calling-the-api.md", "sh")]);
		let said = "";
		let decided = false;
		const decoder = new TextDecoder();
		for await (const chunk of child.stdout) {
			said += decoder.decode(chunk, { stream: true });
			const [address] = /http\S+user_code=[A-Z]{4}-[A-Z]{4}/.exec(said) ?? [];
			if (decided || address === undefined) continue;
			decided = true;
			await decideDevice(person, address, "allow");
		}
		expect(await child.exited).toBe(0);
		const inOrder = [
			`Signed in: ${person.email} in "Personal" as owner`,
			`"email":"${person.email}"`,
			`"permissions":[`,
			'"records":[]',
			'"clientId": "sheaf-cli"',
			'"timeZone": "Europe/Lisbon"',
			'"status":"stored"',
			'"status":"duplicate"',
			'"title":"An example"',
			'in "Team" as owner',
			'"records":[]',
			"auth/token-missing",
			"auth/token-invalid",
			"records/not-found",
			"Signed out at",
			"auth/session-revoked",
		];
		let from = 0;
		for (const expected of inOrder) {
			const at = said.indexOf(expected, from);
			expect({ expected, found: at >= 0, after: said.slice(from, from + 400) }).toMatchObject({
				expected,
				found: true,
			});
			from = at + expected.length;
		}
	},
	patienceMs,
);

test(
	"ID-3: an access token is verified as the document says, and a changed one is not",
	async () => {
		const { access_token: token } = await (await makePerson(backend.url)).tokens();
		const script = await blocksOf("access-tokens.md", "js");
		const verify = (TOKEN: string) => start(["node", "--input-type=module", "--eval", script], { TOKEN });
		const good = verify(token);
		expect(await new Response(good.stdout).text()).toEndWith(" owner\n");
		const [header, payload, signature = ""] = token.split(".");
		const changed = verify([header, payload, signature.split("").toReversed().join("")].join("."));
		expect(await changed.exited).not.toBe(0);
	},
	patienceMs,
);
