import { expect, test } from "bun:test";
import type { Letter } from "../../../mail/mail.ts";
import { codeIn } from "../../../mail/test-mail-box.ts";
import { createLog } from "../../../telemetry/log.ts";
import { goodPassword, isSignedIn, startLetterBackend, TestWindow } from "./test-window.ts";

test("OBS-1: no address, password, code or link of a sign-up or a reset is in the log, whatever went wrong on the way", async () => {
	const lines: string[] = [];
	const log = createLog("trace", { write: (line) => void lines.push(line) });
	const backend = await startLetterBackend({ deps: { log } });
	const email = "canary.of.letters@example.test";
	const window = new TestWindow(backend);
	const mail = new TestWindow(backend);

	await window.signUp(email, "password1");
	backend.mailBox.fail(true);
	await window.signUp(email);
	backend.mailBox.fail(false);
	await window.signUp(email);
	await window.submit("/oauth/sign-up/code", { code: "7777 7777" });
	await mail.visit(backend.mailBox.to(email).link ?? "");
	await mail.submit("/oauth/letter", {});
	expect(isSignedIn(await window.submit("/oauth/sign-up/code", { code: "" }))).toBe(true);
	await window.open("sign-in");
	await window.visit(window.linkTo("/oauth/forgot"));
	await window.submit("/oauth/forgot", { email });
	const code = codeIn(backend.mailBox.to(email));
	await window.submit("/oauth/reset", { code, password: "another canary password" });
	await window.signIn(email, goodPassword);
	await backend.close();

	const letters: Letter[] = backend.mailBox.letters;
	const links = letters.flatMap(({ link }) => link?.split("/").at(-1) ?? []);
	const codes = letters.flatMap(({ text }) => /\d{4} \d{4}/.exec(text)?.[0] ?? []);
	const typed = ["canary", "password1", goodPassword, "7777"];
	const secrets = [...typed, ...links, ...codes, ...codes.map((one) => one.replace(" ", ""))];
	const logged = lines.join("");
	expect(lines.length).toBeGreaterThan(10);
	expect(logged).toContain("/oauth/letter/:link");
	expect(links.length + codes.length).toBeGreaterThan(3);
	expect(secrets.filter((secret) => logged.includes(secret) || logged.includes(encodeURIComponent(secret)))).toEqual(
		[],
	);
});
