import type { ConnectorCall } from "../connector.ts";
import { type AddressParts, readAddress } from "./address.ts";
import { tlsChoices } from "./form.ts";

export type TlsMode = (typeof tlsChoices)[number]["value"];

/** Where the person's database is and as whom it is opened. */
export type Settings = {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	tls: TlsMode;
	/** The certificate authorities that signed the server's certificate, where the system does not know them. */
	ca: string | null;
	schema: string;
};

/** The settings, or why the form cannot be meant so: nothing is sent anywhere then. */
export type ReadSettings = { ok: true; settings: Settings } | { ok: false; problem: string };

const problems = {
	address: "The connection address cannot be read. It looks like postgres://user:password@host:5432/database.",
	addressInHost: "This is a whole connection address. Put it in the first field, where its password is kept secret.",
	placeholder:
		"The connection address has a place for the password in it still. Put the password of the database there.",
	incomplete: "Give a connection address, or the host, the database, the user and the password.",
	port: "The port has to be a number, for example 5432.",
	tls: "Choose one of the ways of encryption that are offered.",
	ca: "The certificate authority has to be the text from BEGIN CERTIFICATE to END CERTIFICATE.",
	pooler:
		"Supabase’s pooler needs the project in the user’s name: postgres and the project’s reference, with a dot between them. Copy the user from Connect in your project.",
};

const none: AddressParts = { host: "", port: "", database: "", user: "", password: "", sslmode: "" };

/** Values of the address come before those of the fields, and of two ways of encryption the stricter one holds. */
export function readSettings(credential: ConnectorCall["credential"]): ReadSettings {
	const one = (name: string) => (credential[name] ?? "").trim();
	const address = one("address") === "" ? none : readAddress(one("address"));
	if (address === null) return { ok: false, problem: problems.address };
	if (one("host").includes("://")) return { ok: false, problem: problems.addressInHost };
	if (/^\[.*\]$/.test(address.password)) return { ok: false, problem: problems.placeholder };
	const named = {
		host: address.host || one("host"),
		database: address.database || one("database"),
		user: address.user || one("user"),
		password: address.password || (credential["password"] ?? ""),
	};
	if (!Object.values(named).every((text) => text !== "" && !hasControls(text))) {
		return { ok: false, problem: problems.incomplete };
	}
	const port = Number(address.port || one("port") || 5_432);
	if (!Number.isInteger(port)) return { ok: false, problem: problems.port };
	const tls = stricter(address.sslmode, one("tls"));
	if (tls === undefined) return { ok: false, problem: problems.tls };
	const ca = one("ca") === "" ? null : authorities(one("ca"));
	if (ca === "") return { ok: false, problem: problems.ca };
	if (isPooler(named.host) && !named.user.includes(".")) return { ok: false, problem: problems.pooler };
	return { ok: true, settings: { ...named, port, tls, ca, schema: one("schema") || "public" } };
}

/** Supabase's own name of a project's server, which has an IPv6 address only. */
export function isSupabaseDirect(host: string): boolean {
	return /^db\.[a-z\d]+\.supabase\.co$/i.test(host);
}

function isPooler(host: string): boolean {
	return /\.pooler\.supabase\.com$/i.test(host);
}

/** libpq's words; what it would do without encryption if need be is done encrypted or not at all. */
const byWord: Readonly<Record<string, TlsMode>> = { disable: "off", allow: "require", prefer: "require" };

function stricter(...words: string[]): TlsMode | undefined {
	const modes = tlsChoices.map(({ value }) => value);
	const places = words
		.filter((word) => word !== "")
		.map((word) => modes.findIndex((mode) => mode === (byWord[word] ?? word)));
	if (places.includes(-1)) return undefined;
	return places.length === 0 ? "verify-full" : modes[Math.min(...places)];
}

/** A text field of a page has one line, and the lines of a certificate arrive as spaces or not at all. Empty when there is none in it. */
function authorities(text: string): string {
	return [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)]
		.map(([, body = ""]) => body.replace(/\s/g, "").match(/.{1,64}/g) ?? [])
		.map((lines) => ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"))
		.join("");
}

function hasControls(text: string): boolean {
	return Array.from(text).some((character) => character < " " || character === "\u007f");
}
