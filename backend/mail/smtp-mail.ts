import { setTimeout as delay } from "node:timers/promises";
import { createTransport, type SendMailOptions } from "nodemailer";
import type { Logger } from "pino";
import type { Letter, Mail } from "./mail.ts";

export type SmtpSettings = {
	/** `smtp://user:password@host:587`, or `smtps://` for TLS from the start. */
	smtpUrl: string;
	/** As in `Sheaf <sheaf@example.org>`. */
	from: string;
	log: Pick<Logger, "warn">;
	/** Certificates to trust besides the system's, as PEM; tests have their own. */
	ca?: string;
};

/** Somebody looks at a page meanwhile. Mail servers that greet slowly take their six seconds. */
const deadlineMs = 20_000;
const timeouts = { connectionTimeout: 5_000, dnsTimeout: 5_000, greetingTimeout: 8_000, socketTimeout: 10_000 };
/** Before the second and the third try. */
const pausesMs = [250, 1_000];

/**
 * Letters by SMTP, over a few connections that are kept. A server elsewhere has to speak TLS with a certificate that holds, because
 * letters carry what opens accounts; `?requireTLS=false` in the address is the operator's word that the way there is safe.
 */
export function createSmtpMail({ smtpUrl, from, log, ca }: SmtpSettings): Mail {
	const transport = createTransport({
		url: smtpUrl,
		pool: true,
		maxConnections: 3,
		// Repeating is ours, within the deadline.
		maxRequeues: 1,
		...timeouts,
		requireTLS: !isNear(smtpUrl),
		...(ca === undefined ? {} : { tls: { ca } }),
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	const post = async (options: SendMailOptions): Promise<void> => {
		for (const pauseMs of [...pausesMs, null]) {
			try {
				await transport.sendMail(options);
				return;
			} catch (error) {
				if (pauseMs === null || !mayPass(error)) throw error;
				await delay(pauseMs);
			}
		}
	};
	return {
		kind: "sent",
		send: async (letter) => {
			try {
				const signal = AbortSignal.timeout(deadlineMs);
				await post({ ...messageOf(letter, from), signal });
				return "sent";
			} catch (error) {
				log.warn({ err: error }, "a letter could not be sent");
				return "failed";
			}
		},
		close: () => transport.close(),
	};
}

function messageOf({ to, subject, text, html }: Letter, from: string): SendMailOptions {
	return {
		from,
		to: { name: "", address: to },
		subject,
		text,
		html,
		// RFC 3834: nobody's absence note is to be sent back.
		headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
	};
}

/** What goes to this very machine passes nobody. */
function isNear(smtpUrl: string): boolean {
	return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(smtpUrl).hostname);
}

/** RFC 5321 §4.2.1: 4yz is for now, 5yz for good. Without an answer it was the way there. */
function mayPass(error: unknown): boolean {
	if (!(error instanceof Error) || error.name === "AbortError") return false;
	const status = "responseCode" in error ? Number(error.responseCode) : 0;
	if (status >= 400) return status < 500;
	const code = "code" in error ? String(error.code) : "";
	return ["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "EPROTOCOL", "ECONNREFUSED", "ECONNRESET"].includes(code);
}
