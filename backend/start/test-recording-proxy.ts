/** What a provider's authorization server and Sheaf said to each other that nobody else may know. */
export type RecordingProxy = {
	url: string;
	/** Codes, verifiers, tokens and the client's proof, as they passed by. */
	secrets: Set<string>;
	/** How each token request was answered, in order. */
	statuses: number[];
	/** The next token request is refused in an answer that repeats what was sent, as careless servers do. */
	refuseNext(): void;
	stop(): Promise<void>;
};

const secretNames = ["code", "code_verifier", "refresh_token", "access_token"];

/** Stands before a provider's OAuth addresses. It is told to Sheaf as the provider's. */
export function startRecordingProxy(upstream: string): RecordingProxy {
	const secrets = new Set<string>();
	const statuses: number[] = [];
	let refuses = false;
	const note = (values: Iterable<[string, unknown]>) => {
		for (const [name, value] of values) {
			if (secretNames.includes(name) && typeof value === "string") secrets.add(value);
		}
	};
	const server = Bun.serve({
		hostname: "127.0.0.1",
		port: 0,
		fetch: async (request) => {
			const { pathname, search } = new URL(request.url);
			const sent = await request.text();
			if (!pathname.endsWith("/token")) return await pass(request, { url: upstream + pathname + search, sent });
			note(new URLSearchParams(sent));
			secrets.add((request.headers.get("authorization") ?? "none at all").replace("Basic ", ""));
			if (refuses) {
				refuses = false;
				return Response.json({ error: "invalid_client", error_description: sent }, { status: 401 });
			}
			const answer = await pass(request, { url: upstream + pathname, sent });
			statuses.push(answer.status);
			const text = await answer.text();
			note(Object.entries(JSON.parse(text) as object));
			return new Response(text, { status: answer.status, headers: { "content-type": "application/json" } });
		},
	});
	return {
		url: `http://127.0.0.1:${server.port}`,
		secrets,
		statuses,
		refuseNext: () => {
			refuses = true;
		},
		stop: () => server.stop(true),
	};
}

async function pass(request: Request, { url, sent }: { url: string; sent: string }): Promise<Response> {
	const headers = new Headers(request.headers);
	headers.delete("host");
	headers.delete("content-length");
	const { method } = request;
	return await fetch(url, { method, headers, redirect: "manual", ...(method === "GET" ? {} : { body: sent }) });
}
