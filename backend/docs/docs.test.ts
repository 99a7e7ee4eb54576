import { afterAll, beforeAll, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import { makePerson } from "../api/testing/test-person.ts";
import { followPage, patienceMs, readPage } from "./test-page.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

test(
	"ID-6: the commands that call the API print what the page says",
	async () => {
		expect(await followPage("calling-the-api.md", backend.url)).toBe(7);
	},
	patienceMs,
);

test(
	"ID-7: the commands for trying two workspaces print what the page says",
	async () => {
		expect(await followPage("two-workspaces.md", backend.url)).toBeGreaterThan(10);
	},
	patienceMs,
);

test("ID-3: an access token is verified as the page says, and a changed one is not", async () => {
	const { access_token: token } = await (await makePerson(backend.url)).tokens();
	const script = /```js\n(.*?)```/s.exec(await readPage("access-tokens.md"))?.[1] ?? "";
	const verify = (TOKEN: string) =>
		Bun.spawn(["node", "--input-type=module", "--eval", script], {
			cwd: fileURLToPath(new URL("../..", import.meta.url)),
			env: { ...process.env, SHEAF_PUBLIC_URL: backend.url, TOKEN },
			stdout: "pipe",
			stderr: "ignore",
		});
	expect(await new Response(verify(token).stdout).text()).toEndWith(" owner\n");
	const [header, payload, signature = ""] = token.split(".");
	const changed = [header, payload, signature.split("").toReversed().join("")].join(".");
	expect(await verify(changed).exited).not.toBe(0);
}, 30_000);
