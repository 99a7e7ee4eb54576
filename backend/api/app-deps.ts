import type { Queue } from "bullmq";
import type { AnyElysia } from "elysia";
import type { Logger } from "pino";
import type { BlobStore } from "../blobs/store/blob-store.ts";
import type { GuardedDial, GuardedHttp } from "../connectors/connector.ts";
import type { FilesOf } from "../connectors/files.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { Database } from "../db/connect.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic-logs.ts";
import type { Env } from "../env.ts";
import type { Exchange } from "../identity/exchange.ts";
import type { Identity } from "../identity/identity.ts";
import type { RateLimitStore } from "../identity/limits/rate-limit-store.ts";
import type { PasswordWay } from "../identity/password/password-way.ts";
import type { Upstreams } from "../identity/upstream/registry.ts";
import type { Ring } from "../jobs/ring.ts";
import type { Live } from "../live/live.ts";
import type { Mail } from "../mail/mail.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Vault } from "../vault/vault.ts";

/** Everything a route may need, handed in by the composition root (`backend/main.ts`) or by a test. */
export type AppDeps = {
	env: Env;
	database: Database;
	vault: Vault;
	connectors: ConnectorRegistry;
	/** Outgoing requests with the SSRF guard around them. */
	http: GuardedHttp;
	/** The same for sockets, for connectors that open their own. */
	dial?: GuardedDial;
	/** Where the bytes of pictures and files are. */
	blobStore: BlobStore;
	ring: Ring;
	/** Who is told of changes as they happen. */
	live: Live;
	log: Logger;
	/** Letters to people. Never awaited inside a transaction. */
	mail: Mail;
	/** Shows something to whoever runs this process, and to nobody else: not in the log. */
	tellOperator?: (text: string) => void;
	/** The queues the operators' dashboard shows; none, and the dashboard is not there. */
	queues?: readonly Queue[];
	/** Where what extensions tell of themselves goes besides the log. */
	diagnostics?: DiagnosticSink;
	/** Where tries are counted; PostgreSQL when left out. */
	limits?: RateLimitStore;
	/** Resolves when requests can be served; for `/readyz`. Left out, the database has to answer. */
	readiness?: () => Promise<void>;
	/** Milliseconds since the epoch; tests move it. */
	clock?: () => number;
};

/** What `createApp` adds for its routes. */
export type RouteDeps = AppDeps & {
	identity: Identity;
	upstreams: Upstreams;
	exchange: Exchange;
	passwordWay: PasswordWay;
	metrics: Metrics;
	/** For connectors that read files of the workspace. */
	files: FilesOf;
};

/** One route (or a few that belong together), in a file of its own and listed in `routes.ts`. */
export type RouteModule = (deps: RouteDeps) => AnyElysia | Promise<AnyElysia>;
