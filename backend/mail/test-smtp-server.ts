import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** What came in: the envelope, and the letter as it travelled. */
export type Received = { from: string; to: string[]; raw: string; secure: boolean; user: string | null };

export type TestSmtpServer = {
	port: number;
	received: Received[];
	/** How many connections were made so far. */
	connections(): number;
	close(): Promise<void>;
};

/** A mail server that others wrote, on a free loopback port. */
export async function startTestSmtpServer(options: SMTPServerOptions = {}): Promise<TestSmtpServer> {
	const received: Received[] = [];
	let connections = 0;
	const server = new SMTPServer({
		authOptional: true,
		hideSTARTTLS: true,
		disableReverseLookup: true,
		logger: false,
		onConnect: (_session, done) => {
			connections += 1;
			done();
		},
		onData: (stream, session, done) => {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			stream.on("end", () => {
				const { mailFrom, rcptTo } = session.envelope;
				received.push({
					from: mailFrom === false ? "" : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					raw: Buffer.concat(chunks).toString("utf8"),
					secure: session.secure,
					user: session.user ?? null,
				});
				done();
			});
		},
		...options,
	});
	// A client that hangs up is no failure of the server.
	server.on("error", () => undefined);
	const listening = server.listen(0, "127.0.0.1");
	await once(listening, "listening");
	return {
		port: (listening.address() as AddressInfo).port,
		received,
		connections: () => connections,
		close: async () => {
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** The text of one part of a letter, decoded. */
export function partOf(raw: string, type: "text/plain" | "text/html"): string {
	const part = raw.split(/\r?\n--/).find((one) => new RegExp(`content-type: ${type}`, "i").test(one)) ?? "";
	const [head = "", ...body] = part.split(/\r?\n\r?\n/);
	const text = body.join("\n\n");
	if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(text, "base64").toString("utf8");
	if (!/content-transfer-encoding: quoted-printable/i.test(head)) return text;
	const bytes = text
		.replaceAll(/=\r?\n/g, "")
		.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, "latin1").toString("utf8");
}
