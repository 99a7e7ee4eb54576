import { describe, expect, test } from "bun:test";
import { form } from "./form.ts";
import { createPostgresConnector } from "./index.ts";
import { readSettings } from "./settings.ts";

const fields = { host: "db.example.com", database: "shop", user: "sheaf_writer", password: "secret" };

describe("CON-2: connection addresses as providers show them", () => {
	const supabase = "eu-central-1.pooler.supabase.com";
	test.each([
		[
			`postgresql://postgres.abcdefgh:secret@aws-0-${supabase}:6543/postgres`,
			{ host: `aws-0-${supabase}`, port: 6_543, user: "postgres.abcdefgh", database: "postgres", tls: "verify-full" },
		],
		[
			`postgres://postgres.abcdefgh:secret@aws-1-${supabase}:5432/postgres?sslmode=verify-full`,
			{ host: `aws-1-${supabase}`, port: 5_432, tls: "verify-full" },
		],
		["postgresql://postgres:secret@db.abcdefgh.supabase.co:5432/postgres", { host: "db.abcdefgh.supabase.co" }],
		[
			"postgresql://neondb_owner:secret@ep-x-pooler.eu.aws.neon.tech/neondb?sslmode=require&channel_binding=require",
			{ host: "ep-x-pooler.eu.aws.neon.tech", port: 5_432, tls: "verify-full" },
		],
		[
			"postgres://u%40x:se%23cret@[2606:4700::1]:5433/my%20shop",
			{ host: "[2606:4700::1]", port: 5_433, user: "u@x", password: "se#cret", database: "my shop" },
		],
		[
			"postgres://u:a@b:c/d#e?f@db.example.com/shop?sslmode=disable",
			{ host: "db.example.com", password: "a@b:c/d#e?f", tls: "verify-full" },
		],
		["postgres://u:100%@db.example.com/shop", { password: "100%" }],
	])("%s", (address, wanted) => {
		expect(readSettings({ address, tls: "verify-full" })).toMatchObject({ ok: true, settings: wanted });
	});

	test("a parameter leads nowhere else than the address says", () => {
		const address = "postgres://u:p@db.example.com/shop?host=127.0.0.1&hostaddr=10.0.0.1&port=6379";
		expect(readSettings({ address })).toMatchObject({ settings: { host: "db.example.com", port: 5_432 } });
	});

	test.each([
		[{ address: "https://db.example.com/" }, "cannot be read"],
		[{ address: "postgres://db.example.com/shop" }, "cannot be read"],
		[{ address: "postgres://u:[YOUR-PASSWORD]@db.example.com/shop" }, "a place for the password"],
		[{ ...fields, host: "postgres://u:p@db.example.com/shop" }, "first field"],
		[{ ...fields, host: `aws-0-${supabase}`, user: "postgres" }, "project’s reference"],
		[{ host: "db.example.com" }, "Give a connection address"],
		[{ ...fields, ca: "/etc/ca.pem" }, "BEGIN CERTIFICATE"],
		[{ ...fields, tls: "maybe" }, "ways of encryption"],
		[{ address: "postgres://u:p@db.example.com/shop?sslmode=maybe" }, "ways of encryption"],
	])("refused in words: %j", (credential, words) => {
		expect(readSettings(credential)).toEqual({ ok: false, problem: expect.stringContaining(words) });
	});

	test.each([
		["", "verify-full"],
		["verify-ca", "verify-ca"],
		["require", "require"],
		["prefer", "require"],
		["off", "off"],
		["disable", "off"],
	])("libpq's word %p is %s", (word, tls) => {
		expect(readSettings({ ...fields, tls: word })).toMatchObject({ settings: { tls } });
	});
});

test("SEC-3: the form advises a user with few rights, and keeps what has a password in it secret", () => {
	expect(form.find(({ name }) => name === "user")?.help).toContain("grant select, insert, update");
	expect(form.filter(({ kind }) => kind === "secret").map(({ name }) => name)).toEqual(["address", "password"]);
});

test("CON-2: Supabase's direct address, which needs IPv6, says to take the pooler's", async () => {
	const answer = await createPostgresConnector().identify({
		credential: { ...fields, host: "db.abcdefgh.supabase.co" },
		http: async () => ({ kind: "forbidden", reason: "no requests" }),
		dial: async () => ({ kind: "unanswered", reason: "unreachable" }),
		signal: new AbortController().signal,
	});
	expect(answer).toMatchObject({ kind: "later", message: expect.stringContaining("pooler") });
});
