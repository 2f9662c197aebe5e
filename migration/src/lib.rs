//! Written migrations, one change a file, never edited once released.
//!
//! They import no entity: an entity's meaning may change later, a migration's may not. They run on `SQLite` and
//! `PostgreSQL` alike.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m20261125_000001_create_deployment;
mod m20261125_000002_create_offices;
mod m20261125_000003_create_initiatives;
mod m20261125_000004_create_channels;
mod m20261125_000005_create_drafts;
mod m20261125_000006_create_posts;
mod m20261125_000007_create_audit;
mod m20261127_000001_add_media_stripped;
mod m20261127_000002_create_link_checks;
mod m20261127_000003_add_handbook_proposals;
mod m20261127_000004_add_post_checked_handbook;
mod m20261127_000010_create_attestations;
mod m20261127_000011_create_waivers;
mod m20261127_000012_add_revision_doubt;
mod m20261127_000013_add_media_declarations;
mod m20261127_000014_add_review_checked;
mod m20261127_000015_add_plan_contentious;
mod m20261127_000016_index_told_posts;
mod m20261127_000020_extend_channel_heads;
mod m20261127_000021_add_post_order;
mod m20261127_000022_tune_hot_tables;
mod m20261127_000030_create_blackouts;
mod m20261127_000031_create_recurrences;
mod m20261127_000032_add_post_occurrence;
mod m20261127_000040_create_bulk_acts;
mod m20261127_000050_add_post_person_hold;
mod m20261127_000051_let_operators_pause;
mod m20261128_000001_create_platform_apps;
mod m20261128_000002_create_corrections;
mod m20261128_000110_add_thread_parts;
mod m20261128_000130_create_post_preparations;
mod m20261128_000140_add_captions;
mod m20261128_000301_create_directory_changes;
mod m20261128_000401_create_mail;
mod m20261128_000402_extend_initiatives;
mod m20261128_000500_extend_plans;
mod m20261128_000501_create_measurements;
mod m20261128_000510_create_blogging_duties;
mod m20261128_000600_extend_channels;
mod m20261128_000601_create_handovers;
mod m20261128_000701_create_review_policies;
mod m20261128_000702_create_draft_comments;
mod m20261128_000901_create_partners;
mod m20261128_000902_add_amplified;
mod m20261128_000980_create_delegations;
mod m20261128_000990_create_conversations;
mod m20261129_000001_list_other_platforms;
mod m20261129_000002_add_answers;
mod table;

/// Runs the migrations.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261125_000001_create_deployment::Migration),
            Box::new(m20261125_000002_create_offices::Migration),
            Box::new(m20261125_000003_create_initiatives::Migration),
            Box::new(m20261125_000004_create_channels::Migration),
            Box::new(m20261125_000005_create_drafts::Migration),
            Box::new(m20261125_000006_create_posts::Migration),
            Box::new(m20261125_000007_create_audit::Migration),
            Box::new(m20261127_000001_add_media_stripped::Migration),
            Box::new(m20261127_000002_create_link_checks::Migration),
            Box::new(m20261127_000003_add_handbook_proposals::Migration),
            Box::new(m20261127_000004_add_post_checked_handbook::Migration),
            Box::new(m20261127_000010_create_attestations::Migration),
            Box::new(m20261127_000011_create_waivers::Migration),
            Box::new(m20261127_000012_add_revision_doubt::Migration),
            Box::new(m20261127_000013_add_media_declarations::Migration),
            Box::new(m20261127_000014_add_review_checked::Migration),
            Box::new(m20261127_000015_add_plan_contentious::Migration),
            Box::new(m20261127_000016_index_told_posts::Migration),
            Box::new(m20261127_000020_extend_channel_heads::Migration),
            Box::new(m20261127_000021_add_post_order::Migration),
            Box::new(m20261127_000022_tune_hot_tables::Migration),
            Box::new(m20261127_000030_create_blackouts::Migration),
            Box::new(m20261127_000031_create_recurrences::Migration),
            Box::new(m20261127_000032_add_post_occurrence::Migration),
            Box::new(m20261127_000040_create_bulk_acts::Migration),
            Box::new(m20261127_000050_add_post_person_hold::Migration),
            Box::new(m20261127_000051_let_operators_pause::Migration),
            Box::new(m20261128_000001_create_platform_apps::Migration),
            Box::new(m20261128_000002_create_corrections::Migration),
            Box::new(m20261128_000110_add_thread_parts::Migration),
            Box::new(m20261128_000130_create_post_preparations::Migration),
            Box::new(m20261128_000140_add_captions::Migration),
            Box::new(m20261128_000301_create_directory_changes::Migration),
            Box::new(m20261128_000401_create_mail::Migration),
            Box::new(m20261128_000402_extend_initiatives::Migration),
            Box::new(m20261128_000500_extend_plans::Migration),
            Box::new(m20261128_000501_create_measurements::Migration),
            Box::new(m20261128_000510_create_blogging_duties::Migration),
            Box::new(m20261128_000600_extend_channels::Migration),
            Box::new(m20261128_000601_create_handovers::Migration),
            Box::new(m20261128_000701_create_review_policies::Migration),
            Box::new(m20261128_000702_create_draft_comments::Migration),
            Box::new(m20261128_000901_create_partners::Migration),
            Box::new(m20261128_000902_add_amplified::Migration),
            Box::new(m20261128_000980_create_delegations::Migration),
            Box::new(m20261128_000990_create_conversations::Migration),
            Box::new(m20261129_000001_list_other_platforms::Migration),
            Box::new(m20261129_000002_add_answers::Migration),
        ]
    }
}
