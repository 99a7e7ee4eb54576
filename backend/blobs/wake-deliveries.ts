import type { BlobHash } from "../contract/blobs.ts";
import type { Transaction } from "../db/connect.ts";
import { pictureAddress } from "./picture-address.ts";

/**
 * Makes what waits for this picture due, also where it waited so long that it needed the person. A record that others are folded under waits
 * for their pictures, too. The caller holds `lockWrites`.
 *
 * @returns the lanes to ring once it is committed
 */
export async function wakeDeliveries(sql: Transaction, sha256: BlobHash): Promise<string[]> {
	const lanes = await sql<{ lane: string }[]>`
		with woken as (
			update sheaf.deliveries d
			set state = 'pending', problem = null, attempts = 0, next_attempt_at = now(), updated_at = now()
			where d.workspace_id = sheaf.current_workspace() and d.state in ('pending', 'needs_you')
				and d.problem->>'code' in ('delivery/picture-waiting', 'delivery/picture-missing')
				and d.next_attempt_at < 'infinity' and exists (
					select 1 from sheaf.records r
					where r.workspace_id = d.workspace_id and (r.id = d.record_id or r.superseded_by = d.record_id)
						and jsonb_path_exists(r.fields, '$.*.value ? (@ == $picture)',
							jsonb_build_object('picture', ${pictureAddress(sha256)}::text)))
			returning d.lane, d.record_id
		), touched as (
			update sheaf.records set updated_at = now()
			where workspace_id = sheaf.current_workspace() and id in (select record_id from woken)
		)
		select distinct lane from woken`;
	return lanes.map(({ lane }) => lane);
}
