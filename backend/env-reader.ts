/** Reads single settings for `env.ts`, which alone knows what they mean. */
export type Reader = ReturnType<typeof reader>;

type Variables = Readonly<Record<string, string | undefined>>;

/** Notes what is wrong with a variable and answers a placeholder, so that reading goes on to the next problem. */
export function reader(variables: Variables, problems: string[]) {
	const text = (name: string) => nonEmpty(variables[name]);
	return {
		text,
		missing: (name: string) => {
			problems.push(`${name} is missing. ${whatItIs[name] ?? ""}`.trim());
			return "";
		},
		list: (name: string) => (text(name) ?? "").split(/[\s,]+/).filter((entry) => entry !== ""),
		port: (name: string, fallback: number) => {
			const value = Number(text(name) ?? fallback);
			if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
			problems.push(`${name} must be a port between 1 and 65535.`);
			return fallback;
		},
		/** A whole number from 1 on. */
		count: (name: string, fallback: number) => {
			const value = Number(text(name) ?? fallback);
			if (Number.isSafeInteger(value) && value > 0) return value;
			problems.push(`${name} must be a whole number from 1 on.`);
			return fallback;
		},
		url: (name: string, fallback: string) => {
			const value = text(name) ?? fallback;
			if (/^https?:\/\//.test(value) && URL.canParse(value)) return value.replace(/\/+$/, "");
			problems.push(`${name} must be an address that begins with http:// or https://.`);
			return fallback;
		},
		/** The address of a store. It may hold a password, so it is not repeated. */
		store: (name: string, kind: keyof typeof stores) => {
			const value = text(name);
			const { protocols, form } = stores[kind];
			if (value !== null && !(URL.canParse(value) && protocols.includes(new URL(value).protocol))) {
				problems.push(`${name} must be an address of the form ${form}`);
			}
			return value;
		},
		oneOf: <Value extends string>(name: string, values: readonly Value[], fallback: Value): Value => {
			const wanted = text(name);
			const found = wanted === null ? fallback : values.find((value) => value === wanted);
			if (found === undefined) problems.push(`${name} must be one of ${values.join(", ")}.`);
			return found ?? fallback;
		},
	};
}

export function nonEmpty(value: string | undefined): string | null {
	return value === undefined || value.trim() === "" ? null : value.trim();
}

type Store = { protocols: readonly string[]; form: string };

const stores: Readonly<Record<"postgres" | "redis", Store>> = {
	postgres: { protocols: ["postgres:", "postgresql:"], form: "postgres://user:password@host:5432/database." },
	redis: { protocols: ["redis:", "rediss:"], form: "redis://host:6379." },
};

const whatItIs: Readonly<Record<string, string>> = {
	DATABASE_URL:
		"The address of PostgreSQL 18 under an account that may create roles: postgres://user:password@host/database.",
	SHEAF_DATABASE_KEY: "At least 32 random characters; the passwords of the database roles are derived from it.",
	SHEAF_MASTER_KEYS: "`kid:key` with 32 random bytes as base64url; it encrypts credentials. Losing it loses them.",
	SHEAF_LOG_KEY: "At least 32 random characters; it turns people into pseudonyms in the logs.",
};
