import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { validate } from "dockerfile-utils";
import { parse } from "yaml";
import { parseEnv } from "../../backend/env.ts";
import { inRepository } from "../support/paths.ts";

const dockerfile = readFileSync(inRepository("Dockerfile"), "utf8");
const instructions = dockerfile
	.replaceAll("\\\n", " ")
	.split("\n")
	.filter((line) => line.trim() !== "" && !line.startsWith("#"))
	.map((line) => line.trim().split(/\s+/));
const argumentsOf = (name: string) => instructions.filter(([first]) => first === name).map(([, ...rest]) => rest);

type Service = {
	image?: string;
	command?: string[];
	read_only?: boolean;
	cap_drop?: string[];
	security_opt?: string[];
	ports?: string[];
	environment?: Record<string, string>;
};
const { services } = parse(readFileSync(inRepository("compose.yaml"), "utf8"), { merge: true }) as {
	services: Record<string, Service>;
};
const ours = ["api", "worker"].map((name) => services[name] ?? {});

test("J8: the Dockerfile has nothing that its linter complains of", () => {
	expect(validate(dockerfile)).toEqual([]);
	for (const [image = ""] of argumentsOf("FROM")) expect(image, "pinned").toMatch(/:[\w.-]*\d[\w.-]*$/);
});

test("J8: the image has the packages as they are tested: with their patches", () => {
	const run = argumentsOf("RUN").map((words) => words.join(" "));
	expect(run.join("\n")).toContain("npm run postinstall");
	const { scripts, dependencies } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as {
		scripts: Record<string, string>;
		dependencies: Record<string, string>;
	};
	// Left out with the packages for developing, it could not be run there.
	expect(Object.keys(dependencies)).toContain(scripts["postinstall"]?.split(" ")[0] ?? "");
	expect(argumentsOf("COPY")).toContainEqual(["backend/db/patches", "backend/db/patches"]);
});

test("J8: the container runs as nobody, from a root that it cannot write, with what the tests start", () => {
	expect(argumentsOf("USER").at(-1)).toEqual(["65532:65532"]);
	expect(argumentsOf("ENTRYPOINT").at(-1)?.join(" ")).toBe('["node_modules/.bin/bun", "backend/main.ts"]');
	const { scripts } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as {
		scripts: Record<string, string>;
	};
	expect(scripts["start"]).toBe("bun backend/main.ts");
	for (const { read_only, cap_drop, security_opt, ports = [] } of ours) {
		expect({ read_only, cap_drop, security_opt }).toEqual({
			read_only: true,
			cap_drop: ["ALL"],
			security_opt: ["no-new-privileges:true"],
		});
		expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
	}
});

test("J8: every service's settings are ones with which the backend starts in production", () => {
	for (const { command = [], environment = {} } of ours) {
		const filled = Object.entries({ NODE_ENV: "production", SHEAF_HOST: "0.0.0.0", ...environment }).map(
			([name, value]) => [
				name,
				value.replace(/\$\{(\w+):\?\}/g, (_, variable: string) => given[variable] ?? `${variable} is not given`),
			],
		);
		const env = parseEnv({ variables: Object.fromEntries(filled), arguments: command, workingDirectory: "/app" });
		expect([env.role, env.operating.host]).toEqual([command[1] ?? "", "0.0.0.0"]);
	}
	for (const name of ["postgres", "redis"]) expect(services[name]?.image).toMatch(/^[a-z]+:\d+\.\d+-bookworm$/);
});

const given: Readonly<Record<string, string>> = {
	POSTGRES_PASSWORD: "a-password",
	SHEAF_PUBLIC_URL: "https://sheaf.example.org",
	SHEAF_DATABASE_KEY: "d".repeat(32),
	SHEAF_LOG_KEY: "l".repeat(32),
	SHEAF_MASTER_KEYS: `first:${Buffer.alloc(32, 7).toString("base64url")}`,
};
