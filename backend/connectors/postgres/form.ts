import type { ConnectorManifest } from "../connector.ts";

/** The first choice is the one that is made; the words in brackets are libpq's `sslmode`, which providers write in their guides. */
export const tlsChoices = [
	{ value: "verify-full", label: "Encrypted, and the server proves who it is (verify-full)" },
	{ value: "verify-ca", label: "Encrypted, with a certificate of your authority (verify-ca)" },
	{ value: "require", label: "Encrypted, whoever answers (require)" },
	{ value: "off", label: "Not encrypted, only in your own network (disable)" },
] as const;

export const form: ConnectorManifest["form"] = [
	{
		name: "address",
		label: "Connection address",
		kind: "secret",
		optional: true,
		placeholder: "postgres://user:password@host:5432/database",
		help: "The whole address with the password in it, as Supabase and others show it under Connect. With Supabase take the one of the pooler (Session or Transaction). Or leave this empty and fill in the fields below.",
	},
	{
		name: "host",
		label: "Host",
		kind: "text",
		optional: true,
		placeholder: "db.example.com",
		help: "The server’s name alone. It has to be reachable from the internet, or allowed by whoever runs Sheaf.",
	},
	{ name: "port", label: "Port", kind: "text", optional: true, placeholder: "5432" },
	{ name: "database", label: "Database", kind: "text", optional: true, placeholder: "postgres" },
	{
		name: "user",
		label: "User",
		kind: "text",
		optional: true,
		help: "Make one for Sheaf alone, not the owner or postgres: create role sheaf_writer login password '…'; grant usage on schema public to sheaf_writer; grant select, insert, update on the tables you want to fill (and delete, if deliveries are to be taken back).",
		helpUrl: "https://www.postgresql.org/docs/current/sql-grant.html",
	},
	{ name: "password", label: "Password", kind: "secret", optional: true },
	{ name: "tls", label: "Encryption", kind: "choice", optional: true, choices: [...tlsChoices] },
	{
		name: "ca",
		label: "Certificate authority",
		kind: "text",
		optional: true,
		help: "The text from BEGIN CERTIFICATE to END CERTIFICATE, where your provider signs its own. Supabase has it under Database settings, SSL.",
	},
	{ name: "schema", label: "Schema", kind: "text", optional: true, placeholder: "public" },
];
