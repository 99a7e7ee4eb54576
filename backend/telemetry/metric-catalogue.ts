/**
 * Every figure that `/metrics` shows (OBS-2), with what it is counted by. Label values are constants of the code, codes of
 * `contract/errors.ts` or ids of connectors: never a person's, a tenant's or an address. `alerts.yml` and `dashboard.json` may name
 * these and no others (`rules.test.ts`).
 */
export const counters = {
	sheaf_http_requests_total: { labels: ["status"], help: "Requests answered, by class of status." },
	sheaf_refusals_total: { labels: ["code"], help: "Requests refused or failed, by error code." },
	sheaf_auth_attempts_total: { labels: ["outcome"], help: "Sign-ins and tokens that were checked: ok or failed." },
	sheaf_auth_failures_total: { labels: ["reason"], help: "Sign-ins and tokens that were refused, by reason." },
	sheaf_refreshes_total: {
		labels: ["kind", "outcome"],
		help: "Renewals of sessions and of accounts' accesses: ok, refused or failed.",
	},
	sheaf_deliveries_total: { labels: ["outcome"], help: "Attempts to deliver a record that were settled, by outcome." },
	sheaf_provider_answers_total: {
		labels: ["provider", "status"],
		help: "Answers of providers, by class of status; 429 by itself.",
	},
	sheaf_rls_denials_total: {
		labels: [],
		help: "Rows that row-level security refused after the layers before it let them.",
	},
} as const;

/** Upper bounds of the buckets in seconds. */
const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const slow = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

export const histograms = {
	sheaf_flush_seconds: { labels: [], buckets: quick, help: "From a batch's arrival to its answer." },
	sheaf_sync_seconds: { labels: [], buckets: slow, help: "From a record being due until it is delivered." },
	sheaf_tenant_transaction_seconds: {
		labels: [],
		buckets: quick,
		help: "Transactions on tenant data under row-level security, the wait for a connection included.",
	},
	sheaf_provider_seconds: { labels: ["provider"], buckets: quick, help: "From a request to a provider to its answer." },
} as const;

export const gauges = {
	process_start_time_seconds: { labels: [], help: "Start of the process, in seconds since the epoch." },
	process_resident_memory_bytes: { labels: [], help: "Resident memory in bytes." },
	sheaf_queue_jobs: { labels: ["queue", "state"], help: "Jobs in the queue, by state." },
	sheaf_dependency_up: {
		labels: ["dependency"],
		help: "1 when PostgreSQL, the queue's store or Electric answers, else 0.",
	},
	sheaf_pool_transactions: { labels: ["pool"], help: "Transactions open or waiting for a connection of this pool." },
	sheaf_pool_connections_max: { labels: ["pool"], help: "Connections this pool may have." },
	sheaf_due_lanes: { labels: [], help: "Lanes with a record that is due, over all tenants." },
	sheaf_stuck_lanes: { labels: [], help: "Lanes with a record that has been due for more than five minutes." },
	sheaf_live_streams: { labels: [], help: "Pages that are told of changes as they happen, by this process." },
} as const;

export type CounterName = keyof typeof counters;
export type HistogramName = keyof typeof histograms;
export type GaugeName = keyof typeof gauges;

type Definitions = typeof counters & typeof histograms & typeof gauges;
export type LabelsOf<Name extends keyof Definitions> = Record<Definitions[Name]["labels"][number], string>;
