/**
 * Parameters that say how a person came to a page and nothing about which page it is. Those that a site may use for something else too
 * (`ref`, `source`, `id`, `si`) are not among them: two pages must not become one. The extension's list (`capture/normal-url.ts`) is a part
 * of this one, so that what it saves is normal already.
 */
const names: ReadonlySet<string> = new Set(
	[
		// Google Ads and Analytics
		"gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl gps_adid",
		// Meta
		"fbclid fb_action_ids fb_action_types fb_source fb_ref igshid igsh",
		// other networks' clicks
		"msclkid twclid ttclid yclid ysclid li_fat_id epik rdt_cid sccid irclickid rb_clickid _branch_match_id wickedid",
		// letters: Mailchimp, HubSpot, Marketo, Vero, Omeda, Drip, Dotdigital, MailerLite, Listrak, Bronto, Blueshift
		"mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv oly_anon_id oly_enc_id __s dm_i",
		"ml_subscriber ml_subscriber_hash trk_contact trk_msg trk_module trk_sid _bta_tid _bta_c",
		// who sent the visitor
		"_openstat s_cid ref_src ref_url spm scm yptr guccounter guce_referrer guce_referrer_sig nr_email_referer",
	].flatMap((line) => line.split(" ")),
);

/** Campaigns: Urchin's, Matomo's (old and new) and Blueshift's. */
const prefixes = ["utm_", "mtm_", "pk_", "matomo_", "bsft_"];

/** Whether a parameter of this name only follows the visitor. */
export function isTracking(name: string): boolean {
	const folded = name.toLowerCase();
	return names.has(folded) || prefixes.some((prefix) => folded.startsWith(prefix));
}
