import { readFileSync } from "node:fs";

export type Command = "select" | "insert" | "update" | "delete" | "all";

/** A policy as the committed schema has it. */
export type Policy = {
	name: string;
	table: string;
	command: Command;
	role: string;
	using: string | null;
	check: string | null;
};

/** A policy that somebody removed or weakened: what they did, and the probe that has to notice. */
export type Mutant = { policy: Policy; what: string; statement: string; noticedBy: string };

const schema = readFileSync(new URL("../../../migrations/schema.sql", import.meta.url), "utf8");
const written =
	/^create policy (\w+) on sheaf\.(\w+) as permissive for (\w+) to (\w+)(?:\n {2}using (.*?))?(?:\n {2}with check (.*?))?;$/gm;

/** Every policy of `migrations/schema.sql`, which a check compares with what the migrations make. */
export const policies: readonly Policy[] = [...schema.matchAll(written)].map(
	([, name = "", table = "", command = "", role = "", using, check]) => ({
		name,
		table,
		command: command as Command,
		role,
		using: using ?? null,
		check: check ?? null,
	}),
);

type Clause = "using" | "check";

/** A part of a condition, what it becomes, and who notices: by the command the policy is for. */
type Weakening = {
	what: string;
	part: RegExp;
	becomes: string;
	noticedBy: Partial<Record<`${Clause} ${Exclude<Command, "all">}`, string>>;
};

const setting = (name: string) => `\\( SELECT sheaf\\.${name}\\(\\) AS ${name}\\)`;
const roleIn = (...roles: string[]) =>
	new RegExp(
		`\\(${setting("current_app_role")} = ANY \\(ARRAY\\[${roles.map((role) => `'${role}'::text`).join(", ")}\\]\\)\\)`,
	);

const weakenings: readonly Weakening[] = [
	{
		what: "any workspace will do",
		part: new RegExp(`\\((workspace_id|id) = ${setting("current_workspace")}\\)`),
		becomes: "true",
		noticedBy: {
			"using select": "a member reads",
			"check insert": "a member adds to another tenant",
			"using update": "a member changes all in reach",
			"check update": "a member moves a row to another tenant",
			"using delete": "a member deletes all in reach",
		},
	},
	{
		what: "any owner will do",
		part: new RegExp(`\\(owner_id = ${setting("current_user_id")}\\)`),
		becomes: "true",
		noticedBy: { "check insert": "a member adds in another's name" },
	},
	{
		what: "any person will do",
		part: new RegExp(`\\(user_id = ${setting("current_user_id")}\\)`),
		becomes: "true",
		noticedBy: {
			"using select": "a person reads",
			"check insert": "a person adds for another",
			"using update": "a person changes all in reach",
			"check update": "a person gives theirs to another",
		},
	},
	...[roleIn("owner", "admin", "member"), roleIn("owner", "admin", "member", "worker")].map((part) => ({
		what: "any role will do",
		part,
		becomes: "true",
		noticedBy: {
			"check insert": "a viewer adds",
			"using update": "a viewer changes all in reach",
			"using delete": "a viewer deletes all in reach",
		},
	})),
	...["owner", "admin", "member", "worker"].map((role) => ({
		what: `no longer for ${role}`,
		part: new RegExp(`(?<=ARRAY\\[[^\\]]*)'${role}'::text`),
		becomes: "'nobody'::text",
		noticedBy: {
			"check insert": `${withArticle(role)} adds`,
			"using update": `${withArticle(role)} changes all in reach`,
			"using delete": `${withArticle(role)} deletes all in reach`,
		},
	})),
	{
		what: "the worker's way is everybody's",
		part: new RegExp(`\\(${setting("current_app_role")} = 'worker'::text\\)`),
		becomes: "true",
		noticedBy: { "check insert": "a viewer adds" },
	},
	{
		what: "the worker's way is shut",
		part: new RegExp(`\\(${setting("current_app_role")} = 'worker'::text\\)`),
		becomes: "false",
		noticedBy: { "check insert": "the worker adds in another's name" },
	},
];

export function withArticle(role: string): string {
	if (role === "worker") return "the worker";
	return `${role === "owner" || role === "admin" ? "an" : "a"} ${role}`;
}

/** Who notices that a policy is not there: whoever it is for can do nothing any more. */
const missedBy: Readonly<Record<Exclude<Command, "all">, string>> = {
	select: "reads",
	insert: "adds",
	update: "changes all in reach",
	delete: "deletes all in reach",
};

function removed(policy: Policy): Mutant {
	const { name, table, command } = policy;
	const who = actorOf(policy);
	// One that is for all commands is missed by each; reading is enough to tell.
	const noticedBy = `${who} ${missedBy[command === "all" ? "select" : command]}`;
	return { policy, what: "removed", statement: `drop policy ${name} on sheaf.${table}`, noticedBy };
}

/** For whom a policy is, in the words of the probes. */
function actorOf({ role, using, check }: Policy): string {
	if (role === "sheaf_identity") return "the identity";
	if (role === "sheaf_service") return "the service";
	if (role === "sheaf_owner") return "the tables' owner";
	return `${using ?? check}`.startsWith("(user_id") ? "a person" : "a member";
}

function weakened(policy: Policy): Mutant[] {
	const { name, table, command } = policy;
	if (command === "all") return [];
	return (["using", "check"] as const).flatMap((clause) => {
		const condition = policy[clause];
		if (condition === null || condition === "true") return [];
		const change = (what: string, becomes: string, noticedBy: string): Mutant => {
			const clauseText = `${clause === "using" ? "using" : "with check"} (${becomes})`;
			return {
				policy,
				what: `${what} in ${clause === "using" ? "USING" : "WITH CHECK"}`,
				statement: `alter policy ${name} on sheaf.${table} ${clauseText}`,
				noticedBy,
			};
		};
		const partly = weakenings.flatMap(({ what, part, becomes, noticedBy }) => {
			if (!part.test(condition)) return [];
			const notices = noticedBy[`${clause} ${command}`];
			if (notices === undefined) throw new Error(`Nobody notices "${what}" in ${name}: add a probe.`);
			return [change(what, condition.replace(part, becomes), notices)];
		});
		const [first] = partly;
		if (first === undefined) throw new Error(`${name} has no part that is known: ${condition}`);
		return [change("true", "true", first.noticedBy), ...partly];
	});
}

/** Every policy removed, opened with `true`, and with each of its parts taken away in turn. */
export const mutants: readonly Mutant[] = policies.flatMap((policy) => [removed(policy), ...weakened(policy)]);

/** What of a policy's conditions no weakening touches; nothing but brackets and words between the parts, or a probe is missing. */
export function untouchedPart({ using, check }: Policy): string {
	return weakenings
		.filter(({ becomes }) => becomes === "true")
		.reduce((text, { part }) => text.replaceAll(new RegExp(part, "g"), ""), `${using ?? ""} ${check ?? ""}`)
		.replaceAll(/\b(AND|OR|true)\b|[()\s]/g, "");
}
