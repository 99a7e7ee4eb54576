import { sample, stringMatching } from "fast-check";
import type { Permission } from "../../contract/users.ts";
import { json } from "./test-person.ts";

/** As much of JSON Schema as /openapi.json uses for what is sent. */
type Schema = {
	type?: string;
	const?: unknown;
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	pattern?: string;
	minLength?: number;
	minItems?: number;
	minimum?: number;
};
type Parameter = { in: "path" | "query"; name: string; schema: Schema; required?: boolean };
type Operation = {
	security?: object[];
	"x-permission"?: Permission | "none";
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses?: Record<string, { content?: Record<string, { schema: object }> }>;
};
export type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: object } };

/** A place where a request names something by its id. */
export type IdPlace = { in: "path" | "query" | "body"; name: string; resource: string };

/** One operation of /openapi.json. */
export type Route = {
	method: string;
	path: string;
	/** Who may ask: whoever shows a token, a guest as well, or everybody. */
	wants: "token" | "optional token" | "nothing";
	/** `x-permission`: null where the document says nothing of one. */
	permission: Permission | "none" | null;
	ids: readonly IdPlace[];
	/** What its address has to say besides. */
	query: Readonly<Record<string, Schema>>;
	body: Schema | null;
};

export async function readDescription(url: string): Promise<Description> {
	return await json<Description>(await fetch(`${url}/openapi.json`));
}

export function routesOf({ paths }: Description): Route[] {
	return Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => {
			const body = operation.requestBody?.content["application/json"]?.schema ?? null;
			const permission = operation["x-permission"] ?? null;
			const { parameters = [] } = operation;
			const ids = idsOf({ path, parameters, body });
			const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required === true);
			const query = Object.fromEntries(needed.map(({ name, schema }) => [name, schema]));
			return { method: method.toUpperCase(), path, wants: wantedBy(operation), permission, ids, query, body };
		}),
	);
}

function wantedBy({ security = [] }: Operation): Route["wants"] {
	if (security.length === 0) return "nothing";
	return security.some((way) => Object.keys(way).length === 0) ? "optional token" : "token";
}

/** `test-tenant.ts` fills a row of each. */
const resources: Readonly<Record<string, string>> = {
	userId: "members",
	inviteId: "invites",
	workspaceId: "workspaces",
	connectionId: "connections",
	targetId: "targets",
	toTargetId: "targets",
	recordId: "records",
	subjectId: "records",
	ids: "records",
	publicId: "triggers",
	sha256: "blobs",
};

/** Parts of an address that name nothing of anybody's. */
const noIds: Readonly<Record<string, string>> = { offset: "0" };

const uuidPattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

function idsOf({ path, parameters, body }: { path: string; parameters: Parameter[]; body: Schema | null }): IdPlace[] {
	const named = [...path.matchAll(/\/([^/]+)\/\{(\w+)\}/g)].filter(([, , name = ""]) => !(name in noIds));
	const inPath = named.map(([, parent = "", name = ""]) => {
		return { in: "path" as const, name, resource: name === "id" ? parent : resourceOf(name, path) };
	});
	const inQuery = parameters
		.filter((parameter) => parameter.in === "query" && (isId(parameter.schema) || parameter.name === "ids"))
		.map(({ name }) => ({ in: "query" as const, name, resource: resourceOf(name, path) }));
	const inBody = Object.entries(body?.properties ?? {})
		.filter(([, schema]) => isId(schema))
		.map(([name]) => ({ in: "body" as const, name, resource: resourceOf(name, path) }));
	// What a client makes up itself names nothing that is there already.
	return [...inPath, ...inQuery, ...inBody.filter(({ resource }) => resource !== "")];
}

function isId({ pattern, anyOf = [] }: Schema): boolean {
	return pattern === uuidPattern || anyOf.some(isId);
}

function resourceOf(name: string, path: string): string {
	if (name === "deviceId") return "";
	const resource = resources[name];
	if (resource === undefined) {
		throw new Error(
			`What is "${name}" of ${path} the id of? Add it to \`resources\` in backend/api/testing/test-routes.ts.`,
		);
	}
	return resource;
}

/** The id that a request names at a place. */
export type ChooseId = (place: IdPlace) => string;

/** A request to the route that its schemas accept, with the ids that are chosen. */
export function requestTo(route: Route, choose: ChooseId): { path: string; init: RequestInit } {
	const { method, path, ids, body } = route;
	let address = path;
	const query = new URLSearchParams();
	for (const [name, text] of Object.entries(noIds)) address = address.replace(`{${name}}`, text);
	for (const [name, schema] of Object.entries(route.query)) query.set(name, String(sampleOf(schema)));
	const fields: Record<string, string> = {};
	for (const place of ids) {
		if (place.in === "path") address = address.replace(`{${place.name}}`, choose(place));
		if (place.in === "query") query.set(place.name, choose(place));
		if (place.in === "body") fields[place.name] = choose(place);
	}
	const filled = query.size === 0 ? address : `${address}?${query.toString()}`;
	if (body === null) return { path: filled, init: { method } };
	const sent = { ...(sampleOf(body) as object), ...fields };
	return {
		path: filled,
		init: { method, headers: { "content-type": "application/json" }, body: JSON.stringify(sent) },
	};
}

/** The smallest value that fits: no optional property, the first of several choices. */
function sampleOf(schema: Schema): unknown {
	if (schema.const !== undefined) return schema.const;
	if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {});
	switch (schema.type) {
		case "object":
			return Object.fromEntries(
				(schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
			);
		case "array":
			return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
		case "string":
			return sampleText(schema);
		case "integer":
		case "number":
			return schema.minimum ?? 0;
		case "boolean":
			return true;
		default:
			return {};
	}
}

function sampleText({ pattern, minLength = 1 }: Schema): string {
	if (pattern === undefined) return "x".repeat(minLength);
	const [text = ""] = sample(stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 1 });
	return text;
}
