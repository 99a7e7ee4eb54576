import { afterEach, describe, expect, test } from "bun:test";
import type { SMTPServerOptions } from "smtp-server";
import { createLog } from "../telemetry/log.ts";
import { signUpLetter } from "./letters.ts";
import { createPrintedMail } from "./printed-mail.ts";
import { createSmtpMail, type SmtpSettings } from "./smtp-mail.ts";
import { testCertificate } from "./test-certificate.ts";
import { partOf, startTestSmtpServer, type TestSmtpServer } from "./test-smtp-server.ts";

const letter = signUpLetter(
	{ to: "ada@example.test", sheafUrl: "https://sheaf.example", language: "en" },
	{ code: "4821 9073", link: "https://sheaf.example/oauth/letter/abc?x=1&y=2", minutes: 15 },
);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(options?: SMTPServerOptions): Promise<TestSmtpServer> {
	const server = await startTestSmtpServer(options);
	closing.push(server.close);
	return server;
}

function mailTo(smtpUrl: string, settings: Partial<SmtpSettings> = {}) {
	const lines: string[] = [];
	const log = createLog("info", { write: (line) => void lines.push(line) });
	const mail = createSmtpMail({ smtpUrl, from: "Sheaf <sheaf@sheaf.example>", log, ...settings });
	closing.push(mail.close);
	return { mail, lines };
}

const refusal = (status: number) => Object.assign(new Error("not now"), { responseCode: status });

describe("ID-2: letters by SMTP", () => {
	test("ID-2: arrive with the same words as text and as HTML", async () => {
		const server = await serve();
		const { mail } = mailTo(`smtp://127.0.0.1:${server.port}`);
		expect(await mail.send(letter)).toBe("sent");
		const [got] = server.received;
		expect(got).toMatchObject({ from: "sheaf@sheaf.example", to: ["ada@example.test"] });
		const raw = got?.raw ?? "";
		expect(raw).toMatch(/^Subject: Confirm your e-mail for Sheaf$/m);
		expect(raw).toMatch(/^From: Sheaf <sheaf@sheaf.example>$/m);
		expect(raw).toMatch(/^Auto-Submitted: auto-generated$/m);
		expect(partOf(raw, "text/plain")).toContain("    4821 9073");
		expect(partOf(raw, "text/plain")).toContain("https://sheaf.example/oauth/letter/abc?x=1&y=2");
		expect(partOf(raw, "text/html")).toContain('href="https://sheaf.example/oauth/letter/abc?x=1&amp;y=2"');
		expect(partOf(raw, "text/html")).not.toMatch(/<img|<script|src=|url\(/);
	});

	test("J5: in the language of whoever asked, written the way it is read; a code keeps its order", () => {
		const proof = { code: "4821 9073", link: "https://sheaf.example/x", minutes: 15 };
		const arabic = signUpLetter({ to: "ada@example.test", sheafUrl: "https://sheaf.example", language: "ar" }, proof);
		expect(arabic.html).toContain('<html lang="ar" dir="rtl">');
		expect(arabic.html).toMatch(/<p dir="ltr"[^>]*>4821 9073</);
		expect(arabic.subject).toBe("أكّد بريدك لـ Sheaf");
		expect(arabic.text).not.toMatch(/confirm|account/i);
		const german = signUpLetter({ to: "ada@example.test", sheafUrl: "https://sheaf.example", language: "de" }, proof);
		expect(german.text).toContain("Beide gelten einmal, 15 Minuten lang.");
	});

	test("ID-2: are encrypted where the server can, with user and password from the address", async () => {
		const auth: SMTPServerOptions["onAuth"] = ({ username, password }, _session, done) =>
			password === "p@ss/word" ? done(null, { user: username ?? "" }) : done(new Error("wrong"));
		const server = await serve({ ...testCertificate, hideSTARTTLS: false, authOptional: false, onAuth: auth });
		const ca = testCertificate.cert;
		const { mail } = mailTo(`smtp://sheaf:p%40ss%2Fword@localhost:${server.port}`, { ca });
		expect(await mail.send(letter)).toBe("sent");
		expect(server.received).toMatchObject([{ secure: true, user: "sheaf" }]);
	});

	test("ID-2: with TLS from the start", async () => {
		const server = await serve({ ...testCertificate, secure: true });
		const { mail } = mailTo(`smtps://localhost:${server.port}`, { ca: testCertificate.cert });
		expect(await mail.send(letter)).toBe("sent");
		expect(server.received).toMatchObject([{ secure: true }]);
	});

	test("SEC-1: a certificate nobody vouches for gets no letter", async () => {
		const server = await serve({ ...testCertificate, secure: true });
		const { mail } = mailTo(`smtps://localhost:${server.port}`);
		expect(await mail.send(letter)).toBe("failed");
		expect(server.received).toEqual([]);
	});

	test("SEC-1: a server elsewhere that offers no TLS gets no letter, unless the operator says so", async () => {
		const server = await serve();
		// This machine too, and not by a name it is known by.
		const elsewhere = `smtp://[::ffff:127.0.0.1]:${server.port}`;
		const { mail } = mailTo(elsewhere);
		expect(await mail.send(letter)).toBe("failed");
		const { mail: allowed } = mailTo(`${elsewhere}?requireTLS=false`);
		expect(await allowed.send(letter)).toBe("sent");
	});

	test("ID-2: a server that is busy is asked again; one that says never is not", async () => {
		let refused = 0;
		const busy = await serve({
			onRcptTo: (_address, _session, done) => {
				refused += 1;
				done(refused <= 2 ? refusal(451) : null);
			},
		});
		expect(await mailTo(`smtp://127.0.0.1:${busy.port}`).mail.send(letter)).toBe("sent");
		expect({ refused, received: busy.received.length }).toEqual({ refused: 3, received: 1 });
		let asked = 0;
		const never = await serve({
			onRcptTo: (_address, _session, done) => {
				asked += 1;
				done(refusal(550));
			},
		});
		expect(await mailTo(`smtp://127.0.0.1:${never.port}`).mail.send(letter)).toBe("failed");
		expect(asked).toBe(1);
	});

	test("ID-2: one connection serves many letters", async () => {
		const server = await serve();
		const { mail } = mailTo(`smtp://127.0.0.1:${server.port}`);
		for (let index = 0; index < 3; index += 1) expect(await mail.send(letter)).toBe("sent");
		expect(server.connections()).toBe(1);
	});

	test("OBS-1: a failure is logged without the address, the code or the link", async () => {
		const { mail, lines } = mailTo("smtp://127.0.0.1:9");
		expect(await mail.send(letter)).toBe("failed");
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain("a letter could not be sent");
		for (const secret of ["ada@example.test", "4821", "oauth/letter"]) expect(lines[0]).not.toContain(secret);
	});
});

describe("ID-2: without SMTP", () => {
	test("OBS-1: the link is printed and nothing of the person", async () => {
		const printed: string[] = [];
		const mail = createPrintedMail((text) => void printed.push(text));
		expect(await mail.send(letter)).toBe("sent");
		expect(printed.join("")).toContain(letter.link ?? "no link");
		expect(printed.join("")).not.toContain("ada@");
		expect(printed.join("")).not.toContain("4821");
		await mail.send({ ...letter, link: null });
		expect(printed).toHaveLength(1);
	});
});
