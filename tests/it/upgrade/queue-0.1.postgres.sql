-- A queue that Masthead 0.1 filled, recorded at 2026-11-27T16:03:32.833917Z
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.acknowledgement (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    member_id uuid NOT NULL,
    handbook_id uuid NOT NULL,
    acknowledged_at timestamp with time zone NOT NULL
);
CREATE TABLE public.attempt (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    post_id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying NOT NULL,
    fence bigint NOT NULL,
    worker_id uuid NOT NULL,
    idempotency_key character varying NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome character varying NOT NULL,
    cause_code character varying,
    cause_detail text,
    http_status integer,
    remote_id character varying,
    remote_url text,
    evidence character varying,
    retry_at timestamp with time zone
);
CREATE TABLE public.attestation (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    kind character varying NOT NULL,
    answer text NOT NULL,
    person character varying,
    given_on date,
    digest character varying NOT NULL,
    member_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.audit_entry (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind character varying NOT NULL,
    actor_id uuid,
    action character varying NOT NULL,
    subject_kind character varying NOT NULL,
    subject_id uuid NOT NULL,
    detail text NOT NULL,
    request_id character varying,
    previous_hash character varying NOT NULL,
    hash character varying NOT NULL
);
CREATE TABLE public.audit_head (
    office_id uuid NOT NULL,
    sequence bigint NOT NULL,
    hash character varying NOT NULL
);
CREATE TABLE public.channel (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    initiative_id uuid,
    platform character varying NOT NULL,
    handle character varying NOT NULL,
    url character varying NOT NULL,
    display_name character varying NOT NULL,
    purpose text NOT NULL,
    audience text NOT NULL,
    language character varying NOT NULL,
    bio_line text NOT NULL,
    monitored_hours text NOT NULL,
    signature character varying,
    justification text NOT NULL,
    state character varying NOT NULL,
    requested_by uuid NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_reason text,
    settings jsonb NOT NULL,
    credential_sealed bytea,
    credential_state character varying NOT NULL,
    credential_checked_at timestamp with time zone,
    credential_expires_at timestamp with time zone,
    published jsonb,
    published_at timestamp with time zone,
    record_pending boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.channel_head (
    channel_id uuid NOT NULL,
    office_id uuid NOT NULL,
    next_at timestamp with time zone,
    gate_until timestamp with time zone,
    sending uuid
);
CREATE TABLE public.client_key (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    operation character varying NOT NULL,
    key character varying NOT NULL,
    body_digest character varying NOT NULL,
    result_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.draft (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    title character varying NOT NULL,
    state character varying NOT NULL,
    author_id uuid,
    integration_id uuid,
    revision_id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.feed_entry (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    key character varying NOT NULL,
    title text,
    text text NOT NULL,
    link text,
    language character varying,
    attachments jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone
);
CREATE TABLE public.handbook (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    number integer NOT NULL,
    title character varying NOT NULL,
    document jsonb NOT NULL,
    digest character varying NOT NULL,
    state character varying NOT NULL,
    activated_at timestamp with time zone,
    activated_by uuid,
    created_at timestamp with time zone NOT NULL,
    proposed_by uuid,
    note text,
    based_on uuid
);
CREATE TABLE public.initiative (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    name character varying NOT NULL,
    purpose text NOT NULL,
    audience text NOT NULL,
    run_by text NOT NULL,
    staffing text NOT NULL,
    successor text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    hashtag character varying,
    state character varying NOT NULL,
    manager_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_reason text,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.integration (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    name character varying NOT NULL,
    scopes jsonb NOT NULL,
    token_hash character varying NOT NULL,
    token_hint character varying NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE TABLE public.link_check (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    url text NOT NULL,
    url_hash character varying NOT NULL,
    state character varying NOT NULL,
    redirected_to text,
    status smallint,
    tries integer NOT NULL,
    misses integer NOT NULL,
    checked_at timestamp with time zone,
    due_at timestamp with time zone,
    wanted_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.media (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    state character varying NOT NULL,
    file_name character varying NOT NULL,
    media_type character varying NOT NULL,
    sha256 character varying,
    byte_size bigint NOT NULL,
    width integer,
    height integer,
    upload_token_hash character varying,
    upload_expires_at timestamp with time zone,
    uploaded_by uuid,
    created_at timestamp with time zone NOT NULL,
    stripped jsonb
);
CREATE TABLE public.member (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    email character varying NOT NULL,
    name character varying NOT NULL,
    roles jsonb NOT NULL,
    password_hash character varying,
    state character varying NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    departed_at timestamp with time zone
);
CREATE TABLE public.office (
    id uuid NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    time_zone character varying NOT NULL,
    language character varying NOT NULL,
    publish_late_minutes integer NOT NULL,
    duty_public boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.pause (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    scope character varying NOT NULL,
    channel_id uuid,
    initiative_id uuid,
    reason text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    exempt jsonb NOT NULL,
    paused_by uuid NOT NULL,
    resumed_at timestamp with time zone,
    resumed_by uuid,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.plan (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    number integer NOT NULL,
    audiences jsonb NOT NULL,
    stakeholders jsonb NOT NULL,
    key_messages jsonb NOT NULL,
    shareable jsonb NOT NULL,
    not_shareable jsonb NOT NULL,
    goals jsonb NOT NULL,
    state character varying NOT NULL,
    written_by uuid NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    contentious jsonb DEFAULT '[]'::jsonb NOT NULL
);
CREATE TABLE public.post (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    digest character varying NOT NULL,
    state character varying NOT NULL,
    local_time character varying NOT NULL,
    time_zone character varying NOT NULL,
    due_at timestamp with time zone NOT NULL,
    run_at timestamp with time zone NOT NULL,
    missed_after timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    worker_id uuid,
    fence bigint NOT NULL,
    attempts integer NOT NULL,
    look_ups integer NOT NULL,
    person_decides boolean NOT NULL,
    idempotency_key character varying NOT NULL,
    remote_id character varying,
    remote_url text,
    published_at timestamp with time zone,
    hold jsonb,
    cause_code character varying,
    cause_detail text,
    trace_parent character varying,
    created_by uuid,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    checked_handbook_id uuid
);
CREATE TABLE public.review (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    reviewer_id uuid NOT NULL,
    decision character varying NOT NULL,
    digest character varying NOT NULL,
    comment text,
    adviser_id uuid,
    answer text,
    answered_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    checked jsonb
);
CREATE TABLE public.revision (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    number integer NOT NULL,
    title character varying NOT NULL,
    text text NOT NULL,
    link text,
    capacity character varying,
    key_message text,
    sources jsonb NOT NULL,
    author_id uuid,
    digest character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    in_doubt boolean DEFAULT false NOT NULL
);
CREATE TABLE public.revision_media (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    media_id uuid NOT NULL,
    "position" integer NOT NULL,
    alt_text text,
    decorative boolean NOT NULL,
    shows_people boolean,
    document boolean
);
CREATE TABLE public.revision_target (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    text text,
    digest character varying NOT NULL
);
CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);
CREATE TABLE public.session (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    member_id uuid NOT NULL,
    family uuid NOT NULL,
    token_hash character varying NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE TABLE public.setup_link (
    id uuid NOT NULL,
    token_hash character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE public.signing_key (
    id uuid NOT NULL,
    kid character varying NOT NULL,
    private_sealed bytea NOT NULL,
    public bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone
);
CREATE TABLE public.slot (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    weekday smallint NOT NULL,
    local_time character varying NOT NULL,
    time_zone character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.steward (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    member_id uuid NOT NULL,
    on_duty boolean NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone
);
CREATE TABLE public.waiver (
    id uuid NOT NULL,
    office_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    finding_key character varying NOT NULL,
    rule character varying NOT NULL,
    rule_version integer NOT NULL,
    clause character varying NOT NULL,
    target character varying NOT NULL,
    reason text NOT NULL,
    waived_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by uuid
);
CREATE TABLE public.worker_beat (
    id uuid NOT NULL,
    host character varying NOT NULL,
    version character varying NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ticked_at timestamp with time zone NOT NULL,
    in_flight integer NOT NULL,
    stopped_at timestamp with time zone
);
INSERT INTO public.acknowledgement VALUES ('01a21dbe-2dca-72db-b2ee-dca027b3c1b6', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '2026-11-27 16:02:12.535138+00');
INSERT INTO public.acknowledgement VALUES ('01a21dbe-2e76-73ed-8b6d-305cd5c95831', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '2026-11-27 16:02:12.724283+00');
INSERT INTO public.acknowledgement VALUES ('01a21dbe-2ed5-70b6-bfab-02664ea0cfdd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '2026-11-27 16:02:12.818269+00');
INSERT INTO public.attempt VALUES ('01a21dbe-3e9d-73ac-aa14-1825880e7772', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3e06-7100-bf40-7ca74c73d325', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-3e06-7100-bf40-7ca74c73d325', '2026-11-27 16:02:16.820422+00', '2026-11-27 16:02:16.886865+00', 'DELIVERED', NULL, NULL, NULL, '101', 'http://platform.invalid/what-is-new-01a21dbe-3e06-7100-bf40-7ca74c73d325', 'ANSWER', NULL);
INSERT INTO public.attempt VALUES ('01a21dbe-40df-734e-816b-6f60ce4abd36', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3fda-76eb-bb6b-0807217e9901', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-3fda-76eb-bb6b-0807217e9901', '2026-11-27 16:02:17.312192+00', '2026-11-27 16:02:17.485693+00', 'DELIVERED', NULL, NULL, NULL, '01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', 'http://127.0.0.1:44213/feed/press/news#01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', 'ANSWER', NULL);
INSERT INTO public.attempt VALUES ('01a21dbe-428b-70d7-90a1-980c5deed460', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-41de-7641-9c73-ee055d0df902', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-41de-7641-9c73-ee055d0df902', '2026-11-27 16:02:17.768042+00', '2026-11-27 16:02:17.903191+00', 'REFUSED', 'HTTP_422', 'the platform refused it (WordPress: scripted)', 422, NULL, NULL, NULL, NULL);
INSERT INTO public.attempt VALUES ('01a21dbe-4557-7697-a978-ed4d92245e3b', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-451f-714d-8d99-5f36551f2140', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-451f-714d-8d99-5f36551f2140', '2026-11-27 16:02:18.561017+00', '2026-11-27 16:02:18.605628+00', 'NOT_SENT', 'UNAVAILABLE', 'the platform is closed for a while and says until when (WordPress: scripted)', 503, NULL, NULL, NULL, '2026-11-27 16:07:18.605628+00');
INSERT INTO public.attempt VALUES ('01a21dbe-5632-73fb-91c4-445b8df3ec20', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-555b-7774-98f2-8e4b989abb21', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-555b-7774-98f2-8e4b989abb21', '2026-11-27 16:02:22.730264+00', '2026-11-27 16:02:22.973552+00', 'NOT_SENT', 'RATE_LIMITED', 'the platform limits how often it may be asked (WordPress: scripted)', 429, NULL, NULL, NULL, '2026-11-27 16:07:22.973552+00');
INSERT INTO public.attempt VALUES ('01a21dbe-6d75-7373-a7ae-45f5723176ce', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6bad-74f5-8371-3dfba740f572', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-6bad-74f5-8371-3dfba740f572', '2026-11-27 16:02:28.714492+00', '2026-11-27 16:02:28.921471+00', 'UNKNOWN', 'HTTP_500', 'the platform failed while it worked on it (WordPress: scripted)', 500, NULL, NULL, NULL, '2026-11-27 16:02:48.921471+00');
INSERT INTO public.attempt VALUES ('01a21dbe-bc17-7408-adfb-e90c364c0629', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6bad-74f5-8371-3dfba740f572', 2, 'LOOK_UP', 2, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-6bad-74f5-8371-3dfba740f572', '2026-11-27 16:02:48.948948+00', '2026-11-27 16:02:49.005017+00', 'CANNOT_TELL', 'TRASHED_ON_PLATFORM', 'the site has this post in its bin', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.attempt VALUES ('01a21dbe-bef5-703a-907b-83d8ba81ea37', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '2026-11-27 16:02:49.519018+00', '2026-11-27 16:02:49.801523+00', 'UNKNOWN', 'HTTP_500', 'the platform failed while it worked on it (WordPress: scripted)', 500, NULL, NULL, NULL, '2026-11-27 16:03:09.801523+00');
INSERT INTO public.attempt VALUES ('01a21dbf-0db5-731e-b27d-74db2bbf7a4d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', 2, 'LOOK_UP', 2, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '2026-11-27 16:03:09.853105+00', '2026-11-27 16:03:09.893442+00', 'UNREACHABLE', 'UNAVAILABLE', 'the platform is closed for a while and says until when', 503, NULL, NULL, NULL, '2026-11-27 16:08:09.893442+00');
INSERT INTO public.attempt VALUES ('01a21dbf-0f61-7626-83b9-8d4b13445e5c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0f13-771d-8a20-f82b6463a889', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbf-0f13-771d-8a20-f82b6463a889', '2026-11-27 16:03:10.246996+00', '2026-11-27 16:03:10.36946+00', 'UNKNOWN', 'HTTP_500', 'the platform failed while it worked on it (WordPress: scripted)', 500, NULL, NULL, NULL, '2026-11-27 16:03:30.36946+00');
INSERT INTO public.attempt VALUES ('01a21dbf-5e8b-7148-a07d-990a9e33a36c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0f13-771d-8a20-f82b6463a889', 2, 'LOOK_UP', 2, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbf-0f13-771d-8a20-f82b6463a889', '2026-11-27 16:03:30.426825+00', NULL, 'OPEN', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.attempt VALUES ('01a21dbf-60c5-71ff-b65d-9d6285e9b43a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', '2026-11-27 16:03:31.010057+00', NULL, 'OPEN', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.attempt VALUES ('01a21dbf-63f5-7629-b37e-cbe63f8b5168', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-62cd-72ac-95c7-e4139e0e5950', 1, 'PUBLISH', 1, '01a21dbe-2898-73c7-b56b-9808a3dc312b', '01a21dbf-62cd-72ac-95c7-e4139e0e5950', '2026-11-27 16:03:31.782937+00', NULL, 'OPEN', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.audit_entry VALUES ('01a21dbe-2cdc-739f-9485-5ebbb5d4e271', '01a21dbe-2cca-744c-9641-a99231143155', 1, '2026-11-27 16:02:12.299288+00', 'OPERATOR', NULL, 'setUpOffice', 'Office', '01a21dbe-2cca-744c-9641-a99231143155', '{"handbook":"01a21dbe-2cd3-7402-9216-d941be8bfd46"}', NULL, '0000000000000000000000000000000000000000000000000000000000000000', 'c22929d1583cb464b2e9a7f7305ceaec1b531f9c39d94ea3d02cfe29d6d1acc4');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2cdd-714f-a41a-b7d3d95a5f05', '01a21dbe-2cca-744c-9641-a99231143155', 2, '2026-11-27 16:02:12.299288+00', 'OPERATOR', NULL, 'createMember', 'Member', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', '{"roles":["ADMINISTRATOR"]}', NULL, 'c22929d1583cb464b2e9a7f7305ceaec1b531f9c39d94ea3d02cfe29d6d1acc4', 'babc53e10f34cd6cb029cae521e2475836fe286ae098624fd9db66e16c543675');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2d5f-76d8-8a18-cfde88d52f6b', '01a21dbe-2cca-744c-9641-a99231143155', 3, '2026-11-27 16:02:12.441523+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'signIn', 'Member', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', '{"session":"01a21dbe-2d5b-714d-84c8-06e8828d6126"}', '3efc0f1c1f5d-2', 'babc53e10f34cd6cb029cae521e2475836fe286ae098624fd9db66e16c543675', '9c4fecc026d1183449cd2c47373672facc211922708cdf94f08ea510fe9e67de');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2d83-75e2-8e9d-d028349a68f8', '01a21dbe-2cca-744c-9641-a99231143155', 4, '2026-11-27 16:02:12.480447+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'createMember', 'Member', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '{"roles":["COORDINATOR"]}', '3efc0f1c1f5d-3', '9c4fecc026d1183449cd2c47373672facc211922708cdf94f08ea510fe9e67de', '5e4ad0b508ab55f8d9579e4c2f22d08f61bcab7a139ae7a82400e77eb9a449e3');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2da5-716b-a6e5-b280c2d4c828', '01a21dbe-2cca-744c-9641-a99231143155', 5, '2026-11-27 16:02:12.513738+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'signIn', 'Member', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '{"session":"01a21dbe-2da3-74a9-a9c9-d7faec6b5108"}', '3efc0f1c1f5d-4', '5e4ad0b508ab55f8d9579e4c2f22d08f61bcab7a139ae7a82400e77eb9a449e3', '03a7393432fb71d8a985ba267cd581211e82e1b6372924cdffe0d1011c0beb58');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2dd1-71cd-824b-44e306d55888', '01a21dbe-2cca-744c-9641-a99231143155', 6, '2026-11-27 16:02:12.535138+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'acknowledgeHandbook', 'Handbook', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '{"member":"01a21dbe-2d80-712c-ac5f-bb41dad6c9b9"}', '3efc0f1c1f5d-6', '03a7393432fb71d8a985ba267cd581211e82e1b6372924cdffe0d1011c0beb58', '27daecf7ee167a6f354c2318dd7ab49483235a7c5b24f3fdd683e9b281785025');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2e4b-732f-aacd-6ce4fd0e8c72', '01a21dbe-2cca-744c-9641-a99231143155', 7, '2026-11-27 16:02:12.68197+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'createMember', 'Member', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '{"roles":["PROJECT_MANAGER"]}', '3efc0f1c1f5d-7', '27daecf7ee167a6f354c2318dd7ab49483235a7c5b24f3fdd683e9b281785025', 'fec6299df233cc3f30ee4cc06247b18931f3b190cb8b6aa9789ec5a6a0c713d4');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2e65-7108-aace-7dc661d3164d', '01a21dbe-2cca-744c-9641-a99231143155', 8, '2026-11-27 16:02:12.706888+00', 'MEMBER', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', 'signIn', 'Member', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '{"session":"01a21dbe-2e63-72db-95bf-88e2bdf922d3"}', '3efc0f1c1f5d-8', 'fec6299df233cc3f30ee4cc06247b18931f3b190cb8b6aa9789ec5a6a0c713d4', 'e8c1176c2eb419944ef996a416ee841ff58ccbbf0a82ccac8eb8a631846d21fc');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2e78-7139-857a-2967e2319e7b', '01a21dbe-2cca-744c-9641-a99231143155', 9, '2026-11-27 16:02:12.724283+00', 'MEMBER', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', 'acknowledgeHandbook', 'Handbook', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2"}', '3efc0f1c1f5d-a', 'e8c1176c2eb419944ef996a416ee841ff58ccbbf0a82ccac8eb8a631846d21fc', '9b2782d5d1c1509af684ef2191c70e84e5bf540bd4917ae90655e49aa9ab65c9');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2ea5-757c-bc8f-7024afca40c3', '01a21dbe-2cca-744c-9641-a99231143155', 10, '2026-11-27 16:02:12.765408+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'createMember', 'Member', '01a21dbe-2e9d-725a-87ed-51205c592556', '{"roles":["MEMBER"]}', '3efc0f1c1f5d-b', '9b2782d5d1c1509af684ef2191c70e84e5bf540bd4917ae90655e49aa9ab65c9', '6d34344f910a3cdbaab807a56b79545308d1cbfe83361eab40a0db4ad8503b99');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2ec6-7441-9432-1685c410a9f4', '01a21dbe-2cca-744c-9641-a99231143155', 11, '2026-11-27 16:02:12.804974+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'signIn', 'Member', '01a21dbe-2e9d-725a-87ed-51205c592556', '{"session":"01a21dbe-2ec5-72aa-8554-a03eda2818fb"}', '3efc0f1c1f5d-c', '6d34344f910a3cdbaab807a56b79545308d1cbfe83361eab40a0db4ad8503b99', 'd5f629e620c098fa7e54643ee03ec6b1d11b08aa0ae046c2f26a4ffbc967b34b');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2ed6-72f2-92f4-b4fd3282a0be', '01a21dbe-2cca-744c-9641-a99231143155', 12, '2026-11-27 16:02:12.818269+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'acknowledgeHandbook', 'Handbook', '01a21dbe-2cd3-7402-9216-d941be8bfd46', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556"}', '3efc0f1c1f5d-e', 'd5f629e620c098fa7e54643ee03ec6b1d11b08aa0ae046c2f26a4ffbc967b34b', '480d94fa56b1c8d4f53b4076b8755a261adfb76371481bc9519298a22c704935');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2ee9-70e9-8266-eddfa866e738', '01a21dbe-2cca-744c-9641-a99231143155', 13, '2026-11-27 16:02:12.83217+00', 'MEMBER', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', 'proposeInitiative', 'Initiative', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '{"manager":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","state":"PROPOSED"}', '3efc0f1c1f5d-f', '480d94fa56b1c8d4f53b4076b8755a261adfb76371481bc9519298a22c704935', 'cc110e29cf61dc759ae054ea8f538cba6caccd810a702b7506ceedb05e64a40f');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f00-769f-94c0-9947b27ac692', '01a21dbe-2cca-744c-9641-a99231143155', 14, '2026-11-27 16:02:12.861062+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'acknowledgeInitiative', 'Initiative', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '{"state":"ACTIVE"}', '3efc0f1c1f5d-10', 'cc110e29cf61dc759ae054ea8f538cba6caccd810a702b7506ceedb05e64a40f', '2e449aa476a0baa99c73b0a62797e70e8fca46d7b9151997c6c00798fe6d6def');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f0e-7027-b34a-ce224d441f16', '01a21dbe-2cca-744c-9641-a99231143155', 15, '2026-11-27 16:02:12.872763+00', 'MEMBER', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', 'writePlan', 'Plan', '01a21dbe-2f0b-7388-a3c5-639914071d31', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","number":1}', '3efc0f1c1f5d-11', '2e449aa476a0baa99c73b0a62797e70e8fca46d7b9151997c6c00798fe6d6def', 'ab02a587e8af6fe19303cac7aa61645da4ebe7ad28aec6af1c9c3d5da597f678');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f1e-7400-b87c-628e042993a0', '01a21dbe-2cca-744c-9641-a99231143155', 16, '2026-11-27 16:02:12.888943+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approvePlan', 'Plan', '01a21dbe-2f0b-7388-a3c5-639914071d31', '{"number":1,"superseded":null}', '3efc0f1c1f5d-12', 'ab02a587e8af6fe19303cac7aa61645da4ebe7ad28aec6af1c9c3d5da597f678', '96f535422363039f2d523687495aee4f10564a9b3e5083750df34a738c157c03');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f2f-70fb-9eb8-901e03b2f0d7', '01a21dbe-2cca-744c-9641-a99231143155', 17, '2026-11-27 16:02:12.9037+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '{"considered":[],"initiative":null,"platform":"FEED","state":"REQUESTED"}', '3efc0f1c1f5d-13', '96f535422363039f2d523687495aee4f10564a9b3e5083750df34a738c157c03', 'bc4d89387defee4083c95943e3b56efc77ad4a1e89790d56ae732c6aba4d1462');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f3a-7702-b706-b58b2101de6a', '01a21dbe-2cca-744c-9641-a99231143155', 18, '2026-11-27 16:02:12.919271+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '{"state":"APPROVED"}', '3efc0f1c1f5d-14', 'bc4d89387defee4083c95943e3b56efc77ad4a1e89790d56ae732c6aba4d1462', 'a885117213fb88960ffbedfc46221ce36344121e8bfcb6a35250427a96212fa7');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2f45-7597-8422-e64b43c94037', '01a21dbe-2cca-744c-9641-a99231143155', 19, '2026-11-27 16:02:12.929556+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-2f43-77e1-824c-e2789c8dfc04"}', '3efc0f1c1f5d-15', 'a885117213fb88960ffbedfc46221ce36344121e8bfcb6a35250427a96212fa7', '6fb2c015914aaa7be900f4f90965076bf10382968fac155e7127e5e664b30192');
INSERT INTO public.audit_entry VALUES ('01a21dbe-2ff9-7336-b9f3-aec106a3806e', '01a21dbe-2cca-744c-9641-a99231143155', 20, '2026-11-27 16:02:13.081601+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-2fed-7596-b643-40cb523e7989"}', '3efc0f1c1f5d-16', '6fb2c015914aaa7be900f4f90965076bf10382968fac155e7127e5e664b30192', '123e5d363424e1522a51d1b9aec3f71ea02ddec2950763d5cf07782548ab3b63');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3026-7081-ab37-f1dfb42dfaf2', '01a21dbe-2cca-744c-9641-a99231143155', 21, '2026-11-27 16:02:13.153041+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-17', '123e5d363424e1522a51d1b9aec3f71ea02ddec2950763d5cf07782548ab3b63', '9d2d67bed3f4d04fd54d7e60f65e5565899d86b204023394bae76ddd078c3f69');
INSERT INTO public.audit_entry VALUES ('01a21dbe-303e-76f3-824e-aafe8a635833', '01a21dbe-2cca-744c-9641-a99231143155', 22, '2026-11-27 16:02:13.170002+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-18', '9d2d67bed3f4d04fd54d7e60f65e5565899d86b204023394bae76ddd078c3f69', '649c455ee54f8aa885e0d54d1ca1eaa3ab54b6c404a2c3ad7cc164591f6ba0db');
INSERT INTO public.audit_entry VALUES ('01a21dbe-304d-77a2-be67-a2c3793513e0', '01a21dbe-2cca-744c-9641-a99231143155', 23, '2026-11-27 16:02:13.195043+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"state":"APPROVED"}', '3efc0f1c1f5d-19', '649c455ee54f8aa885e0d54d1ca1eaa3ab54b6c404a2c3ad7cc164591f6ba0db', 'f16cf09a6bdb9c72e088c02d19f14268f84b13249a4e6d6b3649249f7007a87e');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3061-7073-84e1-05a38b8d6327', '01a21dbe-2cca-744c-9641-a99231143155', 24, '2026-11-27 16:02:13.213682+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-305f-737c-baa1-d8159b134f72"}', '3efc0f1c1f5d-1a', 'f16cf09a6bdb9c72e088c02d19f14268f84b13249a4e6d6b3649249f7007a87e', 'fb6337d769f6f5a9d5711c9e957ac5644b0f3e7c7cd788a2fea3cde4e7454c0c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3069-7216-bc21-778a7c950d79', '01a21dbe-2cca-744c-9641-a99231143155', 25, '2026-11-27 16:02:13.2237+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-3068-7173-a495-f545c0ffea1a"}', '3efc0f1c1f5d-1b', 'fb6337d769f6f5a9d5711c9e957ac5644b0f3e7c7cd788a2fea3cde4e7454c0c', '923526d9376877a5492b9dd5953802dd3ea92afc70286f3a37d31bf0cd97f093');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3ed1-755d-b6c3-61663b3c8d54', '01a21dbe-2cca-744c-9641-a99231143155', 35, '2026-11-27 16:02:16.886865+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-3e06-7100-bf40-7ca74c73d325', '{"fence":1,"outcome":"DELIVERED","state":"PUBLISHED"}', NULL, '43a87a572672f01716b2898b71e5fb3efdbc03494490f6280dce744d70b15047', 'c537855cf5608ed16ff007b8b70f10a9b10f6993e08711e3fd3c6dc120e11d73');
INSERT INTO public.audit_entry VALUES ('01a21dbe-40e3-75ce-bb22-9520e03775ac', '01a21dbe-2cca-744c-9641-a99231143155', 41, '2026-11-27 16:02:17.312192+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-3fda-76eb-bb6b-0807217e9901', '{"attempt":1,"fence":1}', NULL, '8971eb314e92ee0224de6c76f99dd3b671365943e0237d5a5765cc8d62c3de3c', '7570ba6707c3453168668d73539b2b91b760a2937ac0fdb7d36f7763f6944c68');
INSERT INTO public.audit_entry VALUES ('01a21dbe-453d-740f-a0f8-27f3327ac5f9', '01a21dbe-2cca-744c-9641-a99231143155', 60, '2026-11-27 16:02:18.554027+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-451f-714d-8d99-5f36551f2140', '{"fence":1}', NULL, '665605acd5303de4d77bbaf99e6c8e5d2f915a21300ec8931ba9a5eaf2690030', 'b60ec2ec2b1859637950a114209cf77c49d3e418cd6e6dd796c007d7b3929bc1');
INSERT INTO public.audit_entry VALUES ('01a21dbe-46f2-726d-83c2-0dea23e36c81', '01a21dbe-2cca-744c-9641-a99231143155', 69, '2026-11-27 16:02:18.990575+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', '{"decision":"APPROVED","digest":"4990db66338ce7d2f9a9474b1e07aaf75dd8a35d5f492959b723a61e21f93f71","review":"01a21dbe-46f1-71db-80ec-d916f06734eb"}', '3efc0f1c1f5d-5a', 'd8364d7c0bb7975b4dc441627b26c693e2b37640004576e7d0156e5e757aa2a7', '4740ca4f26bcd3494fe86dffcaa5d52872c5a1d4df9bdd287fc908ff953aa9fe');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4767-761f-a716-3d9405be79d5', '01a21dbe-2cca-744c-9641-a99231143155', 72, '2026-11-27 16:02:19.101132+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-473e-77bd-a3c7-a20fa5643603', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-5e', '73697261bee7b704408b05086f8d9deade3a0addc2b98a0d8597bd858ad38a96', '7afa1bb50c9c309d7f57b435a8c26edd2e7ae395c0ae470e96ce437bf86ec5be');
INSERT INTO public.audit_entry VALUES ('01a21dbe-47d2-727c-8f89-ad5cde84fa18', '01a21dbe-2cca-744c-9641-a99231143155', 75, '2026-11-27 16:02:19.214822+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-62', '4f39b421484b5f32458d334ee582876ccb35d69a10bc16a58ec8f6bfdb963adf', '57ee84259795ced8093f077517d8d9b15b9e506f62423e4cb37a2f34359b5ead');
INSERT INTO public.audit_entry VALUES ('01a21dbe-47f7-7478-a2f0-ac8a71e7ce05', '01a21dbe-2cca-744c-9641-a99231143155', 78, '2026-11-27 16:02:19.253509+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-47f6-752d-8b55-81a4dd71682a"}', '3efc0f1c1f5d-65', '921739bf6d0fbae38f82fae623cf61c36cf1e8ed9ff40db33bb6228b8f018008', '476e51c8c7722bb2048963173e480836cce0992aec1142eddce165ba120d58e2');
INSERT INTO public.audit_entry VALUES ('01a21dbe-492f-73c3-92bd-4440a06e3494', '01a21dbe-2cca-744c-9641-a99231143155', 84, '2026-11-27 16:02:19.556775+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-490c-743a-86d6-e8433b8f82fd', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-70', '6e3b57f8a15b019fbd921e8be6d47b045d92fb7817aa570b3c477b2d9bdcb0e6', 'd9ec273b61d9ab4fc9f75abd98c1c1d70a19c96050051daeeb220b8b018c92e7');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5005-75ca-a9fb-01c98b20476f', '01a21dbe-2cca-744c-9641-a99231143155', 95, '2026-11-27 16:02:21.18858+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'holdPost', 'Post', '01a21dbe-4e71-757a-bcb2-0999a36809cd', '{"gates":["PAUSE"]}', NULL, '8ca3198a93a14d0b8fc14b12a8c4bcf7ce8635b0171b5b4ddbdc4b47e1169042', 'd260aff740541e8279bd311fb31fe2798ab06b44b7ccb78ebd3ff2f8b2b3ea49');
INSERT INTO public.audit_entry VALUES ('01a21dbe-50b9-7364-b1c2-c121e8316802', '01a21dbe-2cca-744c-9641-a99231143155', 97, '2026-11-27 16:02:21.485851+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"state":"APPROVED"}', '3efc0f1c1f5d-88', '2fce3d826f1cf5c3055cabddd03e8a5a1c989f5d7d57df297739f28420a19586', '50346a16cca65e332b855602cd93db7d44fba89e4f9fc3dea7b2c3f5ad9b076c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5100-7530-8130-eb8b6bc6c8ae', '01a21dbe-2cca-744c-9641-a99231143155', 98, '2026-11-27 16:02:21.565652+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-50fe-7320-84e2-a5a6c7486d5e"}', '3efc0f1c1f5d-89', '50346a16cca65e332b855602cd93db7d44fba89e4f9fc3dea7b2c3f5ad9b076c', '8b0f7671215d134141897ed477d67dfb2821b598144daa22213022307ca28252');
INSERT INTO public.audit_entry VALUES ('01a21dbe-59a2-7787-b2ed-1ffa10d6ec97', '01a21dbe-2cca-744c-9641-a99231143155', 118, '2026-11-27 16:02:23.764852+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-b1', '47b4a98a88b1fa33b47bff3b5ad7ed0daae4b0c58690af1659d5a1f62e0a3a77', '955fac8816a57079b8aa6bbb44fea39e9c48c8d5fbe3634f8590e9d9c28e0d3c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5db1-7048-aa9c-af791032e18e', '01a21dbe-2cca-744c-9641-a99231143155', 122, '2026-11-27 16:02:24.733644+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-5d06-70b7-bdd8-32192b911229', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-c0', 'd312ebd29f37d4a20553783149ed81ac05e4e7b5cc2b5749358651588c330f6c', '2e588d9f578a8a75382e92c98941768a22d9208e5ae0dce81588ba5378807a4a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5e28-7673-9d12-465986720843', '01a21dbe-2cca-744c-9641-a99231143155', 123, '2026-11-27 16:02:24.897569+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-5d06-70b7-bdd8-32192b911229', '{"decision":"APPROVED","digest":"913942b85dbf09cf22d56fd048ad6527091a22fcf9c45df1667966145f809745","review":"01a21dbe-5e1b-72e6-935d-5f7afc7ef342"}', '3efc0f1c1f5d-c2', '2e588d9f578a8a75382e92c98941768a22d9208e5ae0dce81588ba5378807a4a', 'f300aca6b28dcbcc5f9378f706b2eff2cf0c64eacb556cf4093133ff0bc9bf2e');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5ed4-7194-aefe-9f09787ba27f', '01a21dbe-2cca-744c-9641-a99231143155', 127, '2026-11-27 16:02:25.106353+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-5ed3-72ba-bb23-ee965845bf27"}', '3efc0f1c1f5d-c6', '806d5491646f797884fd3bcee8b76c15706e39d913ee2e2af378ca5e4f2dc76a', 'd9661e564a7c4856ff5b66b447d61d94d5c75c531e823ff070875d37eb0bd062');
INSERT INTO public.audit_entry VALUES ('01a21dbe-612a-75aa-a79b-915b6ae603d5', '01a21dbe-2cca-744c-9641-a99231143155', 134, '2026-11-27 16:02:25.689572+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-6121-73af-92fb-6a2dd0c11d1b"}', '3efc0f1c1f5d-d3', 'c4470de625e170c4015409d5abbc179c94e471908d1ee0616e87ea456449f41a', 'fd7cbc344d1ffe524a25f530f4be54b4927dceb1a73a675943aaea0d61144c27');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0ee4-744c-89d5-366f3dc25014', '01a21dbe-2cca-744c-9641-a99231143155', 163, '2026-11-27 16:03:10.155708+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbf-0e85-77dc-8376-ddb17fa13419', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-2ea', '70bcb2167569706c1cf64febf0f021abfd93990bed78d3b01d2bd24fab29bda7', '3ddbd137f15e89592e26b832bc42d244d263e531504a59dd73699b3a5623e03a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-307c-716d-ae6b-4ac42bc662a8', '01a21dbe-2cca-744c-9641-a99231143155', 26, '2026-11-27 16:02:13.241811+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-1d', '923526d9376877a5492b9dd5953802dd3ea92afc70286f3a37d31bf0cd97f093', '4490e7228540ff8371a27832f370cc93da2313e05a033ed7e1db120ff4136409');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3091-723c-9c7a-c8fbbc7fafa4', '01a21dbe-2cca-744c-9641-a99231143155', 27, '2026-11-27 16:02:13.250881+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-1e', '4490e7228540ff8371a27832f370cc93da2313e05a033ed7e1db120ff4136409', '5ae6841c109e4613f7e1f7a4b6418d539d47972580f1e929b6291c7e087166fc');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3e9e-7748-a38c-d6ed452aa32f', '01a21dbe-2cca-744c-9641-a99231143155', 34, '2026-11-27 16:02:16.820422+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-3e06-7100-bf40-7ca74c73d325', '{"attempt":1,"fence":1}', NULL, 'a8a68373376416e00d8b09074143c0273e85f0a58b9158e220f4cdf60ebf0115', '43a87a572672f01716b2898b71e5fb3efdbc03494490f6280dce744d70b15047');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3fcf-7280-bd04-be834a3d8510', '01a21dbe-2cca-744c-9641-a99231143155', 38, '2026-11-27 16:02:17.163838+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', '{"decision":"APPROVED","digest":"666d008608886299efe3dbe650f8d057590baccd82aac987540674e850475194","review":"01a21dbe-3fce-7506-b49f-1eed8c3c763c"}', '3efc0f1c1f5d-2f', 'fa848df6a0c4a70bdf61558f92eee408d06930f52f94669bc7fa2801161fcea9', '809b2243f3088ef9154a6785124ba194aec19712b4a1688c7908548a7987179b');
INSERT INTO public.audit_entry VALUES ('01a21dbe-405d-74f8-a6c1-8c54e96a14ab', '01a21dbe-2cca-744c-9641-a99231143155', 40, '2026-11-27 16:02:17.303213+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-3fda-76eb-bb6b-0807217e9901', '{"fence":1}', NULL, 'a41102a82acc05280f3890346f9ba0811277e3b7d0d2bff2077772cc5736baae', '8971eb314e92ee0224de6c76f99dd3b671365943e0237d5a5765cc8d62c3de3c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-41d3-7674-8aa3-965756bf7e16', '01a21dbe-2cca-744c-9641-a99231143155', 46, '2026-11-27 16:02:17.680925+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-4177-706d-bdc4-c06ac0318f97', '{"decision":"APPROVED","digest":"5ac8ca7abfbd62ef67f0480e8e8dca74b17d9211886346997313a08a1e7f1751","review":"01a21dbe-41d2-7566-a00d-71e465ad2ce9"}', '3efc0f1c1f5d-39', 'aa26cde63fda8fdd2f5d32006d50ae9c31bd1e4821a956faff0d7f9e3d681934', '26ea7c616c1e29c63fe126001ae4667949b857e1661c50db3e710f5273753452');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4201-762b-9e8e-6149f4503e07', '01a21dbe-2cca-744c-9641-a99231143155', 47, '2026-11-27 16:02:17.69241+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-41de-7641-9c73-ee055d0df902', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-4177-706d-bdc4-c06ac0318f97","dueAt":"2026-11-27T16:02:17.692410Z"}', '3efc0f1c1f5d-3a', '26ea7c616c1e29c63fe126001ae4667949b857e1661c50db3e710f5273753452', 'eea9a44b76274461481ed7a615fa7999a1283cae389c8b6b580bda86fb6ed84c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4482-75fe-9156-62c4c0d61fa9', '01a21dbe-2cca-744c-9641-a99231143155', 55, '2026-11-27 16:02:18.353461+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'cancelPost', 'Post', '01a21dbe-43e6-74e4-8138-b57646b947cb', '{"state":"CANCELLED"}', '3efc0f1c1f5d-46', '89a4bb5e4d7fd650ae3011c85229f6f35eddd1e1071b7a49c7de05b0f39c1a4d', 'b57496ec3bcd43467ca27384394f63cb650524f5f418b3706803e025f00bb9eb');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4558-73ca-8833-ddb2d710a878', '01a21dbe-2cca-744c-9641-a99231143155', 61, '2026-11-27 16:02:18.561017+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-451f-714d-8d99-5f36551f2140', '{"attempt":1,"fence":1}', NULL, 'b60ec2ec2b1859637950a114209cf77c49d3e418cd6e6dd796c007d7b3929bc1', '726203fca2b3abaab9ddd39f4dc1de1da3b73657b809c95ecff328dc2dc2400e');
INSERT INTO public.audit_entry VALUES ('01a21dbe-469f-73e0-84bf-758c9096e66b', '01a21dbe-2cca-744c-9641-a99231143155', 67, '2026-11-27 16:02:18.905888+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-56', '83dd326d378bbdc355b64aa787f9f97c83c1d5ed980138e3de789b4ea13c9ec1', '93870095f80b9adff707e1fbc4f96afb54f600b0b4ba208d560ed78d03e8bb3d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-47b7-74d0-b25a-856f679605e1', '01a21dbe-2cca-744c-9641-a99231143155', 74, '2026-11-27 16:02:19.160375+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-4799-72af-b492-cc77b263c920', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-473e-77bd-a3c7-a20fa5643603","dueAt":"2028-01-01T16:02:19Z"}', '3efc0f1c1f5d-61', 'b736441cb49ff731e21292adaae6f4fbcc438e7be1f8170989d722d98e425864', '4f39b421484b5f32458d334ee582876ccb35d69a10bc16a58ec8f6bfdb963adf');
INSERT INTO public.audit_entry VALUES ('01a21dbe-47ef-73ef-97f2-d4b5d215a650', '01a21dbe-2cca-744c-9641-a99231143155', 77, '2026-11-27 16:02:19.245465+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-47ee-7069-8285-1e1aeec4f4d6"}', '3efc0f1c1f5d-64', 'e7e9e1a2e6fb5911ece99e25feb53eea51a19ba27b8bee33bf36b45bf86e0a8a', '921739bf6d0fbae38f82fae623cf61c36cf1e8ed9ff40db33bb6228b8f018008');
INSERT INTO public.audit_entry VALUES ('01a21dbe-48f8-7278-9653-372dd7de6c87', '01a21dbe-2cca-744c-9641-a99231143155', 82, '2026-11-27 16:02:19.509048+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'pausePublishing', 'Pause', '01a21dbe-48f6-714b-8507-0ae43dfb1672', '{"endsAt":null,"scope":"CHANNEL","startsAt":"2026-11-27T16:02:19.509048Z"}', '3efc0f1c1f5d-6d', 'e4b166e124d5117b547571a1263c1b1aeffb44c26c19cea5fe14108b24eb7e08', 'e9ef2d27962867fb91407c8fc340a2b37305d3a95aa86b2954788c74c5353f35');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4e35-701e-8faf-ee1d1025eadc', '01a21dbe-2cca-744c-9641-a99231143155', 92, '2026-11-27 16:02:20.80586+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-4cf5-7172-8661-7de77052c2fd', '{"decision":"APPROVED","digest":"ed3d8ced7dc2a2d30494244052f7e5cd98fe212ffd019f40828c27f994177fce","review":"01a21dbe-4e1d-74af-b73d-f0643cb95a9a"}', '3efc0f1c1f5d-82', '0f1bd4162b97c90efb5a62731305a573e9232bae157073e2f79462797e3818bf', '57851649b30514e2259ed84620103b178815ae18acda8d0834b42a1e7c5d7c03');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4f76-7672-9d1b-00b248cbe62a', '01a21dbe-2cca-744c-9641-a99231143155', 94, '2026-11-27 16:02:21.152057+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-4e71-757a-bcb2-0999a36809cd', '{"fence":1}', NULL, '5352b8e8ba8610c46070b49322184d9e2fbda346fcdeba530e5d4f627836dcad', '8ca3198a93a14d0b8fc14b12a8c4bcf7ce8635b0171b5b4ddbdc4b47e1169042');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5891-74da-b262-161dd1d1d99a', '01a21dbe-2cca-744c-9641-a99231143155', 112, '2026-11-27 16:02:23.477223+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-573a-76c4-aece-9c3a39fd6226', '{"decision":"APPROVED","digest":"a5924e467d8f2399f05e6a8b8984e3d72898188728e5a6c0bbc3857fda52d593","review":"01a21dbe-5886-7549-8c31-45b1cf0e5295"}', '3efc0f1c1f5d-aa', '1fcafcf5e5b70fd5cea27aebd52af1cf553c4b69b4d8eb1fe04ebb060db29b18', '345a004a6e8a95a5d06749d79b63d1c04c23f96f208c7d34e60055131d1c2d6d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5941-765b-a8f6-71804649690c', '01a21dbe-2cca-744c-9641-a99231143155', 114, '2026-11-27 16:02:23.666201+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86","01a21dbe-47ce-741f-b23b-aef8050e300a","01a21dbe-5061-758a-be35-0e3a4374d460"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-ac', 'b8451dec60281badb874c4e84cdef10752cdbd7e2a019cb646b2170346bc5abb', '562ba18cb27f2b8f8256433cef90d9e41bf8419c92264fc9f2780f1d56330f1e');
INSERT INTO public.audit_entry VALUES ('01a21dbe-657e-7309-b423-071448a3fc4c', '01a21dbe-2cca-744c-9641-a99231143155', 141, '2026-11-27 16:02:26.801566+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-6573-71f0-b5b1-2e60db7afe33"}', '3efc0f1c1f5d-e3', '84a12dcdcb7d008fe82d4841a4d5930dd0170961365cc2478f07d7836d6861bd', 'cc832278c1fcd8655463eaacfdd6438c06e2083919c0c11dc8429f84d2884b9a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-65f0-7336-b920-817982e01b41', '01a21dbe-2cca-744c-9641-a99231143155', 144, '2026-11-27 16:02:26.924898+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-e7', 'e9ba28bc3b6efaa79e75cb0b1db07f0c12e3760fa1d7592f64074b3303b1032f', 'ac7ef86238739de0a9d08cfde5189d6de8ad5c98fd56f3a93483fd25312edcf8');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bdb5-7541-b829-3f49a1220bff', '01a21dbe-2cca-744c-9641-a99231143155', 157, '2026-11-27 16:02:49.324844+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '{"channel":"01a21dbe-6501-73bf-a680-6ddc28b85af3","draft":"01a21dbe-bcb5-75bf-bf46-67a72519363d","dueAt":"2026-11-27T16:02:49.324844Z"}', '3efc0f1c1f5d-1f4', 'e81dab434e84e5ee9662221131b0c5d4fd977d971f979f330ba0ed950e6e1203', '57132343ff2d178436022384c4af0d87af55ffb1fda9aecc9edbe1727fe6f0c0');
INSERT INTO public.audit_entry VALUES ('01a21dbe-311d-7262-a7f5-f0c61f0c8d4a', '01a21dbe-2cca-744c-9641-a99231143155', 28, '2026-11-27 16:02:13.402795+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-3032-754d-8b70-b86824e82d86', '{"credential":"HEALTHY"}', NULL, '5ae6841c109e4613f7e1f7a4b6418d539d47972580f1e929b6291c7e087166fc', '07eb4d292f4bf2edd9a1291f2d5fc0c23c9ee78ce67a2438c20d845029f87302');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3db1-76f1-a09e-f00a652e5314', '01a21dbe-2cca-744c-9641-a99231143155', 30, '2026-11-27 16:02:16.498013+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-3189-7497-8def-2725040d3315', '{"revision":1,"warnings":1}', '3efc0f1c1f5d-24', '288211b216066abc939628ea066ef9971c21fe88e45315c91c94b3e1053bccbc', 'fc9b7ed9deb2e2187b5287e729b26f0d5a2733447e5bec1e02c650f42563762c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-43a5-7292-a2c3-dc3bd08cbea2', '01a21dbe-2cca-744c-9641-a99231143155', 52, '2026-11-27 16:02:18.114431+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-432d-76be-8754-c491f032f209', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-41', '2e004780b3e43ecea3023caf68d70fc57dea767cbae04b083ed7c98cd7738960', 'd25754a730f6105ef0b8487b9769206abe6cee44daa44f86e23bf9c54fc210d8');
INSERT INTO public.audit_entry VALUES ('01a21dbe-46cf-721b-81fc-b3a95e03188a', '01a21dbe-2cca-744c-9641-a99231143155', 68, '2026-11-27 16:02:18.933108+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-58', '93870095f80b9adff707e1fbc4f96afb54f600b0b4ba208d560ed78d03e8bb3d', 'd8364d7c0bb7975b4dc441627b26c693e2b37640004576e7d0156e5e757aa2a7');
INSERT INTO public.audit_entry VALUES ('01a21dbe-49fd-713c-8088-28a99d2e7314', '01a21dbe-2cca-744c-9641-a99231143155', 88, '2026-11-27 16:02:19.677391+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'holdPost', 'Post', '01a21dbe-4956-71d3-b839-feb7bacbecc6', '{"gates":["PAUSE"]}', NULL, '386220a6fa32cf787c39969304281deaffcaa1fffb05094db3b2fb0da26128c9', 'dddd048a6f7c1f4a676f9a7bc4739bb1beddb77fbd9c41a3cb7e8d603c28e8c0');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4ca4-76ad-aa67-fbceb3104495', '01a21dbe-2cca-744c-9641-a99231143155', 89, '2026-11-27 16:02:20.436879+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'missPost', 'Post', '01a21dbe-4956-71d3-b839-feb7bacbecc6', '{"missedAfter":"2026-11-27T16:02:19.604915Z"}', NULL, 'dddd048a6f7c1f4a676f9a7bc4739bb1beddb77fbd9c41a3cb7e8d603c28e8c0', '262212c8a9d5578842b36366f7a26bc8c6f9f4ee216e43cfc25ed77b6017f232');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5588-7211-9c5e-24cc13fe2dcd', '01a21dbe-2cca-744c-9641-a99231143155', 107, '2026-11-27 16:02:22.725424+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-555b-7774-98f2-8e4b989abb21', '{"fence":1}', NULL, '0ce34599d7468fbcfac928c325d4117b205628577cb37cff1864192c0c148e8a', '5aaf1578a6d9185e808b020a4416ba040067777d4786f75d96040de2dec56e15');
INSERT INTO public.audit_entry VALUES ('01a21dbe-59ba-7004-a2ca-2113a226d70b', '01a21dbe-2cca-744c-9641-a99231143155', 119, '2026-11-27 16:02:23.786852+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-b2', '955fac8816a57079b8aa6bbb44fea39e9c48c8d5fbe3634f8590e9d9c28e0d3c', 'bdaa7baa391b40d55fed08c7514c9a471b164facb3be28b1df84825a9b9c8133');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5ec0-73ee-8bbe-555dbcf4fdb7', '01a21dbe-2cca-744c-9641-a99231143155', 126, '2026-11-27 16:02:25.086246+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"state":"APPROVED"}', '3efc0f1c1f5d-c5', '4f76607f90fb24ff93079ad8d2e475ffb70134db2cd3fcc86622407f8c3b09ba', '806d5491646f797884fd3bcee8b76c15706e39d913ee2e2af378ca5e4f2dc76a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6168-77f3-a0c0-4b6e10ec3b89', '01a21dbe-2cca-744c-9641-a99231143155', 135, '2026-11-27 16:02:25.740545+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-615a-7339-9f5a-3ff669559bab"}', '3efc0f1c1f5d-d4', 'fd7cbc344d1ffe524a25f530f4be54b4927dceb1a73a675943aaea0d61144c27', '93d7e176adcf7f998e6728aebc083fc4c64cbf1682bf444c55505e03a96ff763');
INSERT INTO public.audit_entry VALUES ('01a21dbe-61a9-732f-825a-e3f63f934037', '01a21dbe-2cca-744c-9641-a99231143155', 136, '2026-11-27 16:02:25.821478+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-d6', '93d7e176adcf7f998e6728aebc083fc4c64cbf1682bf444c55505e03a96ff763', '23908c5e5623a1793d0a0c82f274e0777a73d1166e8df75809efb2d902af8b34');
INSERT INTO public.audit_entry VALUES ('01a21dbe-65a8-76bb-b7e4-2607a3809bc0', '01a21dbe-2cca-744c-9641-a99231143155', 142, '2026-11-27 16:02:26.841802+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-65a6-736a-b21b-68a40f6e622a"}', '3efc0f1c1f5d-e4', 'cc832278c1fcd8655463eaacfdd6438c06e2083919c0c11dc8429f84d2884b9a', '09aa75e89ebb8c04125420a80088184f1b845d484cdaeb5f564830e8b39a25ef');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6de2-73ab-a6b7-e1a5816d70cc', '01a21dbe-2cca-744c-9641-a99231143155', 152, '2026-11-27 16:02:28.921471+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-6bad-74f5-8371-3dfba740f572', '{"fence":1,"outcome":"UNKNOWN","state":"UNCONFIRMED"}', NULL, '8c2c5bf3c9cbd36c95c966690c8949873bdb641f7d9162537164fb491fb5fa6c', '78943b24ea6021a2e3ca207022f318c78e7367cf72114918b94247a0e0206ba6');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bd3d-714d-87ad-fb7f06d32cfb', '01a21dbe-2cca-744c-9641-a99231143155', 155, '2026-11-27 16:02:49.267411+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-bcb5-75bf-bf46-67a72519363d', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-1f1', '35d27e7999aab6e90bfc5c1fb0af3ac59fed31c2402a579d298ecc9cb4a316ea', '7c54a1ced9d2be8103469d868a04ba7d9403ae1b870909e15cd10ab9b04631b1');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0ea6-733a-be23-719d2410a471', '01a21dbe-2cca-744c-9641-a99231143155', 162, '2026-11-27 16:03:10.069853+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbf-0e85-77dc-8376-ddb17fa13419', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-2e8', '72f2534734d194d571b1084e591dbd30ba0fe684af03528716b59e3610511b3b', '70bcb2167569706c1cf64febf0f021abfd93990bed78d3b01d2bd24fab29bda7');
INSERT INTO public.audit_entry VALUES ('01a21dbe-31bd-771c-a369-5406626be8e9', '01a21dbe-2cca-744c-9641-a99231143155', 29, '2026-11-27 16:02:13.497462+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-3189-7497-8def-2725040d3315', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-22', '07eb4d292f4bf2edd9a1291f2d5fc0c23c9ee78ce67a2438c20d845029f87302', '288211b216066abc939628ea066ef9971c21fe88e45315c91c94b3e1053bccbc');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3f57-742e-9eb3-5524065abf3b', '01a21dbe-2cca-744c-9641-a99231143155', 36, '2026-11-27 16:02:17.025557+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-2b', 'c537855cf5608ed16ff007b8b70f10a9b10f6993e08711e3fd3c6dc120e11d73', '9b8660a92096d7b7cba8ccb9db922be540a40a2f5b919971a92fab017b80b965');
INSERT INTO public.audit_entry VALUES ('01a21dbe-40f8-751d-8f3c-d1eedfcd7564', '01a21dbe-2cca-744c-9641-a99231143155', 42, '2026-11-27 16:02:17.453775+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'putFeedEntry', 'FeedEntry', '01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', '{"channel":"01a21dbe-2f27-76bf-93b1-91d94eaf245d"}', NULL, '7570ba6707c3453168668d73539b2b91b760a2937ac0fdb7d36f7763f6944c68', 'dd7c0e7cecbb2df93b34d3f7a4c86aa0fc1815535f2129e3f90dddf548046137');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4211-7107-ab45-923997bd96a8', '01a21dbe-2cca-744c-9641-a99231143155', 48, '2026-11-27 16:02:17.740931+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-41de-7641-9c73-ee055d0df902', '{"fence":1}', NULL, 'eea9a44b76274461481ed7a615fa7999a1283cae389c8b6b580bda86fb6ed84c', '73249e1c857be497d170f64c831718fe25f6229f8b3d620accd07c1317e36ff2');
INSERT INTO public.audit_entry VALUES ('01a21dbe-42d6-7355-8b1b-6ab8448f74de', '01a21dbe-2cca-744c-9641-a99231143155', 50, '2026-11-27 16:02:17.903191+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-41de-7641-9c73-ee055d0df902', '{"fence":1,"outcome":"REFUSED","state":"REJECTED"}', NULL, '9e440bfe8b40628d250d331933662cd53f0f31d1529f81b042479130ed25a957', '68270dad79c85f7230310383665f0be22f13a2651b12f6667d510ab8aede50e5');
INSERT INTO public.audit_entry VALUES ('01a21dbe-44da-741d-92c4-bb6007929661', '01a21dbe-2cca-744c-9641-a99231143155', 57, '2026-11-27 16:02:18.410524+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-49', 'ab737feba869962487e322611e489a00aa0493fff53105caac3f3c456427d0d0', '3df3ea86326a8eebe39693664b17bc15e1a4b2cdb729cafb12f6c55ccddd7fd7');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4680-755d-b1e1-3b386b754ed4', '01a21dbe-2cca-744c-9641-a99231143155', 66, '2026-11-27 16:02:18.817791+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-4644-772a-8c43-5e632df01dd4', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-45da-7633-9dca-048f2dfef434","dueAt":"2026-11-27T16:10:18Z"}', '3efc0f1c1f5d-55', 'cb082d00822d03265a42d722c498f4f85bccdb9e256451c7cf580429e8ac8055', '83dd326d378bbdc355b64aa787f9f97c83c1d5ed980138e3de789b4ea13c9ec1');
INSERT INTO public.audit_entry VALUES ('01a21dbe-490e-72eb-abfe-bca33fb9f859', '01a21dbe-2cca-744c-9641-a99231143155', 83, '2026-11-27 16:02:19.531345+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-490c-743a-86d6-e8433b8f82fd', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-6e', 'e9ef2d27962867fb91407c8fc340a2b37305d3a95aa86b2954788c74c5353f35', '6e3b57f8a15b019fbd921e8be6d47b045d92fb7817aa570b3c477b2d9bdcb0e6');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4d09-732f-88a7-3ae8020c0bbe', '01a21dbe-2cca-744c-9641-a99231143155', 90, '2026-11-27 16:02:20.526738+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-4cf5-7172-8661-7de77052c2fd', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-7e', '262212c8a9d5578842b36366f7a26bc8c6f9f4ee216e43cfc25ed77b6017f232', 'ef4626f42b3f417b46644bd409897c712b8ed54e5535eac0a842672f6631bdca');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4f28-7092-86d8-c3c9e59069ed', '01a21dbe-2cca-744c-9641-a99231143155', 93, '2026-11-27 16:02:20.893423+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-4e71-757a-bcb2-0999a36809cd', '{"channel":"01a21dbe-47ce-741f-b23b-aef8050e300a","draft":"01a21dbe-4cf5-7172-8661-7de77052c2fd","dueAt":"2026-11-27T16:02:20.893423Z"}', '3efc0f1c1f5d-83', '57851649b30514e2259ed84620103b178815ae18acda8d0834b42a1e7c5d7c03', '5352b8e8ba8610c46070b49322184d9e2fbda346fcdeba530e5d4f627836dcad');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5535-7459-8045-1e4aa7c8463b', '01a21dbe-2cca-744c-9641-a99231143155', 104, '2026-11-27 16:02:22.565556+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-9d', '051889b2bede5726c087204db2531627ceb3660eb86b6e802cb5be8d2e7c39f2', '2b68a19a167a0a0c4f9466185f90363e5079d5cc10aab0d35bb0f4464830ca89');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5550-774d-b47b-32ce1dc9421c', '01a21dbe-2cca-744c-9641-a99231143155', 105, '2026-11-27 16:02:22.66794+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', '{"decision":"APPROVED","digest":"7a33b62ebd834640fefc31a150f4494ae46872a42e8001e8dc5eeb2072f03e71","review":"01a21dbe-554f-7580-9b5c-98e8dea63050"}', '3efc0f1c1f5d-9f', '2b68a19a167a0a0c4f9466185f90363e5079d5cc10aab0d35bb0f4464830ca89', 'df52946342f58c0500798c03bdfbd5341506259d22463b4196e4fb73f0b6b88d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-56aa-70b1-a617-8212f97c1aad', '01a21dbe-2cca-744c-9641-a99231143155', 109, '2026-11-27 16:02:22.973552+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-555b-7774-98f2-8e4b989abb21', '{"fence":1,"outcome":"NOT_SENT","state":"RETRYING"}', NULL, '335f726445e23be7e9439efe03ec883f2de47cf506815d41f678d987e1376f23', '77fcf15a6403dd73052b60475c316aa0b919b35c271d7c31e09ebfb9ccad29e9');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5f27-73c3-a72b-8f8ac276ad74', '01a21dbe-2cca-744c-9641-a99231143155', 130, '2026-11-27 16:02:25.175803+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-ca', 'c051ff51b38710a70082ef5591ab78b8097a5fed39cd175fa7bba7fe05b51efe', 'ce89a03d810142fe3b4e0418214b6c528eb3576a4195d445b6ea2de97027f242');
INSERT INTO public.audit_entry VALUES ('01a21dbe-60ed-734c-9eeb-8508683d1a1d', '01a21dbe-2cca-744c-9641-a99231143155', 132, '2026-11-27 16:02:25.627974+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86","01a21dbe-47ce-741f-b23b-aef8050e300a","01a21dbe-5061-758a-be35-0e3a4374d460","01a21dbe-5932-728a-b049-e1f81d7fcf3a","01a21dbe-5eac-703e-a3dd-a37741f8417e"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-d1', '84dbe05e846699d61ff1f68dae2a2867c85af85475b87665b31d6d5188f6e0c2', '2bef10abe8a617ac2fff79d635d773b45dec5e2e7a011d1c78106fc32578e4c1');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6a54-75be-a1e7-69e2b18d7303', '01a21dbe-2cca-744c-9641-a99231143155', 146, '2026-11-27 16:02:27.998088+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-6a25-7534-8146-40e123f392fd', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-f1', 'f7e1b276f0cc777cadaafc97bc9f141a2604516abacdabcca12cc2a15ba0779b', 'cd570f681a029c62aa12b19f11df3539b83b44f65cceedcd3acb78ae75e7bac4');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bcda-7541-90ce-370eef053106', '01a21dbe-2cca-744c-9641-a99231143155', 154, '2026-11-27 16:02:49.137386+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-bcb5-75bf-bf46-67a72519363d', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-1ef', '8fe14abf7f72cbde6063f57d06be180951e92ffcc5a4f793b532ff80f39ecd5a', '35d27e7999aab6e90bfc5c1fb0af3ac59fed31c2402a579d298ecc9cb4a316ea');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0f25-7204-80b3-dddcaa7667fa', '01a21dbe-2cca-744c-9641-a99231143155', 166, '2026-11-27 16:03:10.24274+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbf-0f13-771d-8a20-f82b6463a889', '{"fence":1}', NULL, '40eacd25c1273aff32c60283934fe68a24aa9c37bd5dbf3ee6b596ba76be8973', 'd391e0cead51e5f61522113c0a82f420e639d6768b181233b95de9c7ea60e427');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3ded-75d3-ab1c-3b95afcb0fa0', '01a21dbe-2cca-744c-9641-a99231143155', 31, '2026-11-27 16:02:16.674446+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-3189-7497-8def-2725040d3315', '{"decision":"APPROVED","digest":"ec94baa318427f6b9cdfc2135cb47b05f05e2095c3e3aa17656681d9b4c692f7","review":"01a21dbe-3deb-7776-8150-ab3fca5a1e83"}', '3efc0f1c1f5d-26', 'fc9b7ed9deb2e2187b5287e729b26f0d5a2733447e5bec1e02c650f42563762c', '40d888e90fbdcb554d0678ebb27fb1ac46a8b09407178184a95c7ae78080ad8d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3e6b-741d-8ef6-d2c8ef321d9b', '01a21dbe-2cca-744c-9641-a99231143155', 33, '2026-11-27 16:02:16.795813+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-3e06-7100-bf40-7ca74c73d325', '{"fence":1}', NULL, '83b637585a91b25674e167d0cbf33d15a2180eaaf29b22ca1bdea5b862929659', 'a8a68373376416e00d8b09074143c0273e85f0a58b9158e220f4cdf60ebf0115');
INSERT INTO public.audit_entry VALUES ('01a21dbe-417c-74ca-8e01-c1d21371f3c9', '01a21dbe-2cca-744c-9641-a99231143155', 44, '2026-11-27 16:02:17.59025+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-4177-706d-bdc4-c06ac0318f97', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-35', '402b9e97110a3a6fc16f8e6bcc6229e792a7e405e1420bdd7f9fa23f0a4a85d8', 'b76dd41a83add9619b71d901210877897795f8d4a624bb424ff9622f2468b121');
INSERT INTO public.audit_entry VALUES ('01a21dbe-433f-7796-a4a0-41c5c81929d7', '01a21dbe-2cca-744c-9641-a99231143155', 51, '2026-11-27 16:02:18.025638+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-432d-76be-8754-c491f032f209', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-3f', '68270dad79c85f7230310383665f0be22f13a2651b12f6667d510ab8aede50e5', '2e004780b3e43ecea3023caf68d70fc57dea767cbae04b083ed7c98cd7738960');
INSERT INTO public.audit_entry VALUES ('01a21dbe-449d-766e-9b89-d6e01795736e', '01a21dbe-2cca-744c-9641-a99231143155', 56, '2026-11-27 16:02:18.393701+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-47', 'b57496ec3bcd43467ca27384394f63cb650524f5f418b3706803e025f00bb9eb', 'ab737feba869962487e322611e489a00aa0493fff53105caac3f3c456427d0d0');
INSERT INTO public.audit_entry VALUES ('01a21dbe-450f-75c4-ab9f-401f5decc1de', '01a21dbe-2cca-744c-9641-a99231143155', 58, '2026-11-27 16:02:18.495685+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', '{"decision":"APPROVED","digest":"7ce72bff39da970966824a80ff8026fff75cb86e9f4786b8599bcd3ef0f46523","review":"01a21dbe-4502-72d0-b4f0-72a8ab2d1395"}', '3efc0f1c1f5d-4b', '3df3ea86326a8eebe39693664b17bc15e1a4b2cdb729cafb12f6c55ccddd7fd7', '55b877dda349d34f37af49352895decf635c7ad92e510acb681b5370719e4906');
INSERT INTO public.audit_entry VALUES ('01a21dbe-45dd-7599-8622-1e2efd52af8b', '01a21dbe-2cca-744c-9641-a99231143155', 63, '2026-11-27 16:02:18.713753+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-45da-7633-9dca-048f2dfef434', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-50', '77bc307d55c6cfe94e072a73dde2dfcc641fb26bf3bf63225e7f7abe371e5b30', '90f710b736bdc1a83e77dd7552a4d6577392b65f6dc93edba43daabf2684bf43');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4790-70ee-9538-471885ca79b4', '01a21dbe-2cca-744c-9641-a99231143155', 73, '2026-11-27 16:02:19.138252+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-473e-77bd-a3c7-a20fa5643603', '{"decision":"APPROVED","digest":"93dae27b4c53edb61fb64a255871cb561296f9b430012f62c9a8a68dc48d3baa","review":"01a21dbe-478f-7535-9a00-a0d5335d0cf9"}', '3efc0f1c1f5d-60', '7afa1bb50c9c309d7f57b435a8c26edd2e7ae395c0ae470e96ce437bf86ec5be', 'b736441cb49ff731e21292adaae6f4fbcc438e7be1f8170989d722d98e425864');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4993-7288-adb1-98b96f0f80ff', '01a21dbe-2cca-744c-9641-a99231143155', 87, '2026-11-27 16:02:19.665335+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-4956-71d3-b839-feb7bacbecc6', '{"fence":1}', NULL, 'b49d003b3ef19721f094a8c4cceb03a18d847a3b490668b1a42be6ec26f6e3ff', '386220a6fa32cf787c39969304281deaffcaa1fffb05094db3b2fb0da26128c9');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5581-7160-8535-4e7862bb28e8', '01a21dbe-2cca-744c-9641-a99231143155', 106, '2026-11-27 16:02:22.681699+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-555b-7774-98f2-8e4b989abb21', '{"channel":"01a21dbe-5061-758a-be35-0e3a4374d460","draft":"01a21dbe-549d-7664-b8f0-bebb37a4e44c","dueAt":"2026-11-27T16:02:22.681699Z"}', '3efc0f1c1f5d-a0', 'df52946342f58c0500798c03bdfbd5341506259d22463b4196e4fb73f0b6b88d', '0ce34599d7468fbcfac928c325d4117b205628577cb37cff1864192c0c148e8a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5c9d-73ae-9410-0e999a61268b', '01a21dbe-2cca-744c-9641-a99231143155', 120, '2026-11-27 16:02:24.528303+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"credential":"HEALTHY"}', NULL, 'bdaa7baa391b40d55fed08c7514c9a471b164facb3be28b1df84825a9b9c8133', '10c52fb3b10224f48130a1e58ab3467268b2aa49a22977c04415820d5fd64a25');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5eaf-705a-8e85-01d789d4b9f3', '01a21dbe-2cca-744c-9641-a99231143155', 125, '2026-11-27 16:02:25.068419+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86","01a21dbe-47ce-741f-b23b-aef8050e300a","01a21dbe-5061-758a-be35-0e3a4374d460","01a21dbe-5932-728a-b049-e1f81d7fcf3a"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-c4', '57be665819f128583257d64988a07c6abef7bd16f40696d8d4ef9e3b09e47beb', '4f76607f90fb24ff93079ad8d2e475ffb70134db2cd3fcc86622407f8c3b09ba');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6495-73b7-af90-d8207c0b30b5', '01a21dbe-2cca-744c-9641-a99231143155', 138, '2026-11-27 16:02:26.561489+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"credential":"HEALTHY"}', NULL, '354ca5f3373b85d7cbaca9a8e23d37fe6145bbdd58403ec49a9544d0f6b1da5a', '1373367555a20ec877f44a93ded75603a00e6a732cafc49635ccccae3fbc2ffd');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6c59-7774-8982-0c2ca2b5fef5', '01a21dbe-2cca-744c-9641-a99231143155', 149, '2026-11-27 16:02:28.385529+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-6bad-74f5-8371-3dfba740f572', '{"channel":"01a21dbe-6501-73bf-a680-6ddc28b85af3","draft":"01a21dbe-6a25-7534-8146-40e123f392fd","dueAt":"2026-11-27T16:02:28.385529Z"}', '3efc0f1c1f5d-f6', '58dcff722c926f9513d9e0ae41f565fd399ef93f6d26de8164c6f913adba3fc8', '1e800c817454be4bdae61bd19b81407aefa8057309c47a2e8ec2f6f428155729');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3e57-716a-9a44-0dbc8609513f', '01a21dbe-2cca-744c-9641-a99231143155', 32, '2026-11-27 16:02:16.70794+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-3e06-7100-bf40-7ca74c73d325', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-3189-7497-8def-2725040d3315","dueAt":"2026-11-27T16:02:16.707940Z"}', '3efc0f1c1f5d-27', '40d888e90fbdcb554d0678ebb27fb1ac46a8b09407178184a95c7ae78080ad8d', '83b637585a91b25674e167d0cbf33d15a2180eaaf29b22ca1bdea5b862929659');
INSERT INTO public.audit_entry VALUES ('01a21dbe-3fbc-7351-8240-75beccb61476', '01a21dbe-2cca-744c-9641-a99231143155', 37, '2026-11-27 16:02:17.107137+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-2d', '9b8660a92096d7b7cba8ccb9db922be540a40a2f5b919971a92fab017b80b965', 'fa848df6a0c4a70bdf61558f92eee408d06930f52f94669bc7fa2801161fcea9');
INSERT INTO public.audit_entry VALUES ('01a21dbe-404d-7264-8da0-65800a82ca75', '01a21dbe-2cca-744c-9641-a99231143155', 39, '2026-11-27 16:02:17.17475+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-3fda-76eb-bb6b-0807217e9901', '{"channel":"01a21dbe-2f27-76bf-93b1-91d94eaf245d","draft":"01a21dbe-3f47-7556-978e-3a7c071eaf7a","dueAt":"2026-11-27T16:02:17.174750Z"}', '3efc0f1c1f5d-30', '809b2243f3088ef9154a6785124ba194aec19712b4a1688c7908548a7987179b', 'a41102a82acc05280f3890346f9ba0811277e3b7d0d2bff2077772cc5736baae');
INSERT INTO public.audit_entry VALUES ('01a21dbe-413e-7072-92b9-0836182e8874', '01a21dbe-2cca-744c-9641-a99231143155', 43, '2026-11-27 16:02:17.485693+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-3fda-76eb-bb6b-0807217e9901', '{"fence":1,"outcome":"DELIVERED","state":"PUBLISHED"}', NULL, 'dd7c0e7cecbb2df93b34d3f7a4c86aa0fc1815535f2129e3f90dddf548046137', '402b9e97110a3a6fc16f8e6bcc6229e792a7e405e1420bdd7f9fa23f0a4a85d8');
INSERT INTO public.audit_entry VALUES ('01a21dbe-41b6-71af-adfa-2cb681dcdddc', '01a21dbe-2cca-744c-9641-a99231143155', 45, '2026-11-27 16:02:17.626442+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-4177-706d-bdc4-c06ac0318f97', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-37', 'b76dd41a83add9619b71d901210877897795f8d4a624bb424ff9622f2468b121', 'aa26cde63fda8fdd2f5d32006d50ae9c31bd1e4821a956faff0d7f9e3d681934');
INSERT INTO public.audit_entry VALUES ('01a21dbe-428f-754e-b834-4f5e319d2f9c', '01a21dbe-2cca-744c-9641-a99231143155', 49, '2026-11-27 16:02:17.768042+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-41de-7641-9c73-ee055d0df902', '{"attempt":1,"fence":1}', NULL, '73249e1c857be497d170f64c831718fe25f6229f8b3d620accd07c1317e36ff2', '9e440bfe8b40628d250d331933662cd53f0f31d1529f81b042479130ed25a957');
INSERT INTO public.audit_entry VALUES ('01a21dbe-43d3-7730-b06b-5948cae17da4', '01a21dbe-2cca-744c-9641-a99231143155', 53, '2026-11-27 16:02:18.181512+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-432d-76be-8754-c491f032f209', '{"decision":"APPROVED","digest":"5625e61384913b4548d0b4b0393ec26f3a8a39ef8df2c8514482b258c837f3db","review":"01a21dbe-43cc-727d-8bbb-e97923d5b215"}', '3efc0f1c1f5d-43', 'd25754a730f6105ef0b8487b9769206abe6cee44daa44f86e23bf9c54fc210d8', '898d98e9b29495092aede5fab779aa703385132145414d18a9b0c8dc5bd22c1f');
INSERT INTO public.audit_entry VALUES ('01a21dbe-442d-73bb-8d96-be76a6209260', '01a21dbe-2cca-744c-9641-a99231143155', 54, '2026-11-27 16:02:18.203081+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-43e6-74e4-8138-b57646b947cb', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-432d-76be-8754-c491f032f209","dueAt":"2026-11-27T17:02:18Z"}', '3efc0f1c1f5d-44', '898d98e9b29495092aede5fab779aa703385132145414d18a9b0c8dc5bd22c1f', '89a4bb5e4d7fd650ae3011c85229f6f35eddd1e1071b7a49c7de05b0f39c1a4d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-452e-7245-af18-7b0de41ac588', '01a21dbe-2cca-744c-9641-a99231143155', 59, '2026-11-27 16:02:18.526378+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-451f-714d-8d99-5f36551f2140', '{"channel":"01a21dbe-3032-754d-8b70-b86824e82d86","draft":"01a21dbe-449a-74ef-b4cd-88ae018f08f1","dueAt":"2026-11-27T16:02:18.526378Z"}', '3efc0f1c1f5d-4c', '55b877dda349d34f37af49352895decf635c7ad92e510acb681b5370719e4906', '665605acd5303de4d77bbaf99e6c8e5d2f915a21300ec8931ba9a5eaf2690030');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4585-73f9-bd06-da1a784e838e', '01a21dbe-2cca-744c-9641-a99231143155', 62, '2026-11-27 16:02:18.605628+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-451f-714d-8d99-5f36551f2140', '{"fence":1,"outcome":"NOT_SENT","state":"RETRYING"}', NULL, '726203fca2b3abaab9ddd39f4dc1de1da3b73657b809c95ecff328dc2dc2400e', '77bc307d55c6cfe94e072a73dde2dfcc641fb26bf3bf63225e7f7abe371e5b30');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4606-7566-be3c-6100742bb48a', '01a21dbe-2cca-744c-9641-a99231143155', 64, '2026-11-27 16:02:18.746871+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-45da-7633-9dca-048f2dfef434', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-52', '90f710b736bdc1a83e77dd7552a4d6577392b65f6dc93edba43daabf2684bf43', '58a96b93f0195ab09951591cb4de86344783029c81e47895abeb9598a5f141d3');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4624-7100-834f-b43c7ee829a8', '01a21dbe-2cca-744c-9641-a99231143155', 65, '2026-11-27 16:02:18.784624+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-45da-7633-9dca-048f2dfef434', '{"decision":"APPROVED","digest":"189181baac72b3ef5e81ab12567004beafe59d95ddd54517c6681e71dd86ccf7","review":"01a21dbe-4623-7080-9a13-1bd21308ef8f"}', '3efc0f1c1f5d-54', '58a96b93f0195ab09951591cb4de86344783029c81e47895abeb9598a5f141d3', 'cb082d00822d03265a42d722c498f4f85bccdb9e256451c7cf580429e8ac8055');
INSERT INTO public.audit_entry VALUES ('01a21dbe-472d-70b8-aeb5-c4c6ee3c14bf', '01a21dbe-2cca-744c-9641-a99231143155', 70, '2026-11-27 16:02:19.000638+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-46fa-749f-ab0d-5e4eff5283f5', '{"channel":"01a21dbe-2f27-76bf-93b1-91d94eaf245d","draft":"01a21dbe-469a-70d7-aa22-15fd0835d6f7","dueAt":"2026-11-27T16:10:18Z"}', '3efc0f1c1f5d-5b', '4740ca4f26bcd3494fe86dffcaa5d52872c5a1d4df9bdd287fc908ff953aa9fe', 'e9703b323aeb65937dff8faa37a1cfa4ba990bd97c6a95f7d9c25c5ae9cbf399');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4742-703c-b46d-089c54b78aeb', '01a21dbe-2cca-744c-9641-a99231143155', 71, '2026-11-27 16:02:19.069648+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-473e-77bd-a3c7-a20fa5643603', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-5c', 'e9703b323aeb65937dff8faa37a1cfa4ba990bd97c6a95f7d9c25c5ae9cbf399', '73697261bee7b704408b05086f8d9deade3a0addc2b98a0d8597bd858ad38a96');
INSERT INTO public.audit_entry VALUES ('01a21dbe-47e0-70d0-a790-14f64f3c296b', '01a21dbe-2cca-744c-9641-a99231143155', 76, '2026-11-27 16:02:19.229632+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"state":"APPROVED"}', '3efc0f1c1f5d-63', '57ee84259795ced8093f077517d8d9b15b9e506f62423e4cb37a2f34359b5ead', 'e7e9e1a2e6fb5911ece99e25feb53eea51a19ba27b8bee33bf36b45bf86e0a8a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-480e-7597-ab3a-abe8879a9865', '01a21dbe-2cca-744c-9641-a99231143155', 79, '2026-11-27 16:02:19.276841+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-67', '476e51c8c7722bb2048963173e480836cce0992aec1142eddce165ba120d58e2', '55638e612fb70889ef8361f38512f9eca23038515696416e325c1fb038ff63d9');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4818-7004-8beb-2121d767ee5e', '01a21dbe-2cca-744c-9641-a99231143155', 80, '2026-11-27 16:02:19.286374+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-68', '55638e612fb70889ef8361f38512f9eca23038515696416e325c1fb038ff63d9', 'cbe8b9a95bec028af1672be7a3446d045abe395315f501a533a4da282fd63f59');
INSERT INTO public.audit_entry VALUES ('01a21dbe-48ac-75aa-91bf-6772d4de04eb', '01a21dbe-2cca-744c-9641-a99231143155', 81, '2026-11-27 16:02:19.43403+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-47ce-741f-b23b-aef8050e300a', '{"credential":"HEALTHY"}', NULL, 'cbe8b9a95bec028af1672be7a3446d045abe395315f501a533a4da282fd63f59', 'e4b166e124d5117b547571a1263c1b1aeffb44c26c19cea5fe14108b24eb7e08');
INSERT INTO public.audit_entry VALUES ('01a21dbe-494b-7549-a817-75e841e9ff74', '01a21dbe-2cca-744c-9641-a99231143155', 85, '2026-11-27 16:02:19.584207+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-490c-743a-86d6-e8433b8f82fd', '{"decision":"APPROVED","digest":"6f214ba7f9915937d85df340cb1f05d0f988c3fc337c49380167bac5d51fe905","review":"01a21dbe-494a-7783-b98f-5c7c25727abb"}', '3efc0f1c1f5d-72', 'd9ec273b61d9ab4fc9f75abd98c1c1d70a19c96050051daeeb220b8b018c92e7', 'e60cb0f0c4827ded5c012f382f6ef7dbf4055d67ede1e42e1212104de4d25398');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4989-71f8-971e-a3d3f1fe5fb9', '01a21dbe-2cca-744c-9641-a99231143155', 86, '2026-11-27 16:02:19.604915+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-4956-71d3-b839-feb7bacbecc6', '{"channel":"01a21dbe-47ce-741f-b23b-aef8050e300a","draft":"01a21dbe-490c-743a-86d6-e8433b8f82fd","dueAt":"2026-11-27T16:02:19.604915Z"}', '3efc0f1c1f5d-73', 'e60cb0f0c4827ded5c012f382f6ef7dbf4055d67ede1e42e1212104de4d25398', 'b49d003b3ef19721f094a8c4cceb03a18d847a3b490668b1a42be6ec26f6e3ff');
INSERT INTO public.audit_entry VALUES ('01a21dbe-4db1-7751-8d1a-0318a765ee4f', '01a21dbe-2cca-744c-9641-a99231143155', 91, '2026-11-27 16:02:20.624499+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-4cf5-7172-8661-7de77052c2fd', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-80', 'ef4626f42b3f417b46644bd409897c712b8ed54e5535eac0a842672f6631bdca', '0f1bd4162b97c90efb5a62731305a573e9232bae157073e2f79462797e3818bf');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5070-70fb-912a-06b9d8dfec7f', '01a21dbe-2cca-744c-9641-a99231143155', 96, '2026-11-27 16:02:21.409474+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86","01a21dbe-47ce-741f-b23b-aef8050e300a"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-87', 'd260aff740541e8279bd311fb31fe2798ab06b44b7ccb78ebd3ff2f8b2b3ea49', '2fce3d826f1cf5c3055cabddd03e8a5a1c989f5d7d57df297739f28420a19586');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5122-731f-ad5e-deea68b841de', '01a21dbe-2cca-744c-9641-a99231143155', 99, '2026-11-27 16:02:21.586214+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-511e-7717-8089-003509144c47"}', '3efc0f1c1f5d-8a', '8b0f7671215d134141897ed477d67dfb2821b598144daa22213022307ca28252', 'a6099f5fc95dd94d6c1f89312aa4fe73251d2fe587da32bc956a284982ac0216');
INSERT INTO public.audit_entry VALUES ('01a21dbe-547a-7604-8ab6-6ae661953028', '01a21dbe-2cca-744c-9641-a99231143155', 102, '2026-11-27 16:02:22.455875+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"credential":"HEALTHY"}', NULL, '4473ec9a832b18419c63ae372629c1232486a4ea677eb97c33717592a2c0156b', '5dd0f0cf30a8956bc107d7e57083f465971b5897c89a80184510e1fc16ae888d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-595d-7531-98e2-1d9ca2ee2867', '01a21dbe-2cca-744c-9641-a99231143155', 115, '2026-11-27 16:02:23.706611+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"state":"APPROVED"}', '3efc0f1c1f5d-ad', '562ba18cb27f2b8f8256433cef90d9e41bf8419c92264fc9f2780f1d56330f1e', 'be7c509db8f994cce0334c800f4c158f26b0807a2a6ba3ebffd9d45179f4608b');
INSERT INTO public.audit_entry VALUES ('01a21dbe-606c-7142-bfa4-9fb00217be13', '01a21dbe-2cca-744c-9641-a99231143155', 131, '2026-11-27 16:02:25.493697+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"credential":"HEALTHY"}', NULL, 'ce89a03d810142fe3b4e0418214b6c528eb3576a4195d445b6ea2de97027f242', '84dbe05e846699d61ff1f68dae2a2867c85af85475b87665b31d6d5188f6e0c2');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6af6-7259-bce3-ea5f095a7cdc', '01a21dbe-2cca-744c-9641-a99231143155', 147, '2026-11-27 16:02:28.144571+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-6a25-7534-8146-40e123f392fd', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-f3', 'cd570f681a029c62aa12b19f11df3539b83b44f65cceedcd3acb78ae75e7bac4', '5b501df47ec5eb2000ff538e73818d207135612e45dd01a1af4a9209ac73b741');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6d81-755f-a21f-9968b995e3ec', '01a21dbe-2cca-744c-9641-a99231143155', 151, '2026-11-27 16:02:28.714492+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-6bad-74f5-8371-3dfba740f572', '{"attempt":1,"fence":1}', NULL, 'aa41647e7112dc48a65520395349d295877745e0e45e11fe6cee3db9e35d1f3d', '8c2c5bf3c9cbd36c95c966690c8949873bdb641f7d9162537164fb491fb5fa6c');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0f20-7042-a8a1-91ca54d92541', '01a21dbe-2cca-744c-9641-a99231143155', 165, '2026-11-27 16:03:10.226587+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbf-0f13-771d-8a20-f82b6463a889', '{"channel":"01a21dbe-6501-73bf-a680-6ddc28b85af3","draft":"01a21dbf-0e85-77dc-8376-ddb17fa13419","dueAt":"2026-11-27T16:03:10.226587Z"}', '3efc0f1c1f5d-2ed', 'bc7f15754b8b2b987d66098f3e786688c46d718f31ce30fbfb0e63e7b1d4f07f', '40eacd25c1273aff32c60283934fe68a24aa9c37bd5dbf3ee6b596ba76be8973');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5147-77eb-8ec9-da35547b399a', '01a21dbe-2cca-744c-9641-a99231143155', 100, '2026-11-27 16:02:21.637005+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-8c', 'a6099f5fc95dd94d6c1f89312aa4fe73251d2fe587da32bc956a284982ac0216', 'a357d975eb78b8cc827358a3ca01c8e145cdd0ed1fa3618c959c7d725cad0c4d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5164-779d-bf6b-294f7562744a', '01a21dbe-2cca-744c-9641-a99231143155', 101, '2026-11-27 16:02:21.662084+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-5061-758a-be35-0e3a4374d460', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-8d', 'a357d975eb78b8cc827358a3ca01c8e145cdd0ed1fa3618c959c7d725cad0c4d', '4473ec9a832b18419c63ae372629c1232486a4ea677eb97c33717592a2c0156b');
INSERT INTO public.audit_entry VALUES ('01a21dbe-54ae-7338-a8f9-efcf289c27bc', '01a21dbe-2cca-744c-9641-a99231143155', 103, '2026-11-27 16:02:22.483159+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-9b', '5dd0f0cf30a8956bc107d7e57083f465971b5897c89a80184510e1fc16ae888d', '051889b2bede5726c087204db2531627ceb3660eb86b6e802cb5be8d2e7c39f2');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5646-76e7-9034-3f7dcdead8f1', '01a21dbe-2cca-744c-9641-a99231143155', 108, '2026-11-27 16:02:22.730264+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-555b-7774-98f2-8e4b989abb21', '{"attempt":1,"fence":1}', NULL, '5aaf1578a6d9185e808b020a4416ba040067777d4786f75d96040de2dec56e15', '335f726445e23be7e9439efe03ec883f2de47cf506815d41f678d987e1376f23');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5761-7520-b71c-233fb70e630b', '01a21dbe-2cca-744c-9641-a99231143155', 110, '2026-11-27 16:02:23.157442+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-573a-76c4-aece-9c3a39fd6226', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-a6', '77fcf15a6403dd73052b60475c316aa0b919b35c271d7c31e09ebfb9ccad29e9', '5209a9aea509d49783fc60f71405edb09b36add3ab6716f01b5170cb69341d7f');
INSERT INTO public.audit_entry VALUES ('01a21dbe-582d-74da-acff-12193659cd5b', '01a21dbe-2cca-744c-9641-a99231143155', 111, '2026-11-27 16:02:23.305615+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbe-573a-76c4-aece-9c3a39fd6226', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-a8', '5209a9aea509d49783fc60f71405edb09b36add3ab6716f01b5170cb69341d7f', '1fcafcf5e5b70fd5cea27aebd52af1cf553c4b69b4d8eb1fe04ebb060db29b18');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5925-7645-a97c-91b13b4d8006', '01a21dbe-2cca-744c-9641-a99231143155', 113, '2026-11-27 16:02:23.575544+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-58d9-7773-8c8a-a8ec536ef7f2', '{"channel":"01a21dbe-5061-758a-be35-0e3a4374d460","draft":"01a21dbe-573a-76c4-aece-9c3a39fd6226","dueAt":"2026-11-27T16:02:23.575544Z"}', '3efc0f1c1f5d-ab', '345a004a6e8a95a5d06749d79b63d1c04c23f96f208c7d34e60055131d1c2d6d', 'b8451dec60281badb874c4e84cdef10752cdbd7e2a019cb646b2170346bc5abb');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5966-74d1-b748-d8909d2f8f54', '01a21dbe-2cca-744c-9641-a99231143155', 116, '2026-11-27 16:02:23.715558+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"member":"01a21dbe-2e9d-725a-87ed-51205c592556","onDuty":false,"steward":"01a21dbe-5965-778d-80cc-48918d94ea16"}', '3efc0f1c1f5d-ae', 'be7c509db8f994cce0334c800f4c158f26b0807a2a6ba3ebffd9d45179f4608b', '8efde3a87ebb80e540ad680d4d84f825d596b4a93c33bb4de70ab1d38197a333');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5980-75c1-ae53-f6da0c0a3904', '01a21dbe-2cca-744c-9641-a99231143155', 117, '2026-11-27 16:02:23.727108+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-597e-7471-b142-5ee5b12beee6"}', '3efc0f1c1f5d-af', '8efde3a87ebb80e540ad680d4d84f825d596b4a93c33bb4de70ab1d38197a333', '47b4a98a88b1fa33b47bff3b5ad7ed0daae4b0c58690af1659d5a1f62e0a3a77');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5d15-76ca-9e2d-11c8ff822306', '01a21dbe-2cca-744c-9641-a99231143155', 121, '2026-11-27 16:02:24.645531+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbe-5d06-70b7-bdd8-32192b911229', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-be', '10c52fb3b10224f48130a1e58ab3467268b2aa49a22977c04415820d5fd64a25', 'd312ebd29f37d4a20553783149ed81ac05e4e7b5cc2b5749358651588c330f6c');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5e9a-7446-8de3-d5e63bac978f', '01a21dbe-2cca-744c-9641-a99231143155', 124, '2026-11-27 16:02:24.976209+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbe-5e5e-740c-b79b-be3d0d4dba57', '{"channel":"01a21dbe-5932-728a-b049-e1f81d7fcf3a","draft":"01a21dbe-5d06-70b7-bdd8-32192b911229","dueAt":"2026-11-27T17:02:24Z"}', '3efc0f1c1f5d-c3', 'f300aca6b28dcbcc5f9378f706b2eff2cf0c64eacb556cf4093133ff0bc9bf2e', '57be665819f128583257d64988a07c6abef7bd16f40696d8d4ef9e3b09e47beb');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5ee1-7746-8a26-845ce3d7bf89', '01a21dbe-2cca-744c-9641-a99231143155', 128, '2026-11-27 16:02:25.118346+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'addSteward', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"member":"01a21dbe-2e49-77d4-960a-8da53fa1bed2","onDuty":false,"steward":"01a21dbe-5edf-747b-8990-8ad1f81b5d5d"}', '3efc0f1c1f5d-c7', 'd9661e564a7c4856ff5b66b447d61d94d5c75c531e823ff070875d37eb0bd062', '97dbb4cade9d195bbd653199f631cb47acc5dbd2ac6133603d073b793b84efc4');
INSERT INTO public.audit_entry VALUES ('01a21dbe-5f10-7684-a920-c0e0382d0bed', '01a21dbe-2cca-744c-9641-a99231143155', 129, '2026-11-27 16:02:25.165148+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-c9', '97dbb4cade9d195bbd653199f631cb47acc5dbd2ac6133603d073b793b84efc4', 'c051ff51b38710a70082ef5591ab78b8097a5fed39cd175fa7bba7fe05b51efe');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6105-7353-b278-f6ecb6a6a30d', '01a21dbe-2cca-744c-9641-a99231143155', 133, '2026-11-27 16:02:25.666148+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"state":"APPROVED"}', '3efc0f1c1f5d-d2', '2bef10abe8a617ac2fff79d635d773b45dec5e2e7a011d1c78106fc32578e4c1', 'c4470de625e170c4015409d5abbc179c94e471908d1ee0616e87ea456449f41a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-61ec-70e8-9301-47a39fc783fb', '01a21dbe-2cca-744c-9641-a99231143155', 137, '2026-11-27 16:02:25.878091+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'activateChannel', 'Channel', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '{"published":true,"state":"ACTIVE"}', '3efc0f1c1f5d-d7', '23908c5e5623a1793d0a0c82f274e0777a73d1166e8df75809efb2d902af8b34', '354ca5f3373b85d7cbaca9a8e23d37fe6145bbdd58403ec49a9544d0f6b1da5a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6515-7049-afa7-fa0bc82f2382', '01a21dbe-2cca-744c-9641-a99231143155', 139, '2026-11-27 16:02:26.689538+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'requestChannel', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"considered":["01a21dbe-2f27-76bf-93b1-91d94eaf245d","01a21dbe-3032-754d-8b70-b86824e82d86","01a21dbe-47ce-741f-b23b-aef8050e300a","01a21dbe-5061-758a-be35-0e3a4374d460","01a21dbe-5932-728a-b049-e1f81d7fcf3a","01a21dbe-5eac-703e-a3dd-a37741f8417e","01a21dbe-60dc-75ab-b1e0-6d4f95557d78"],"initiative":null,"platform":"WORDPRESS","state":"REQUESTED"}', '3efc0f1c1f5d-e1', '1373367555a20ec877f44a93ded75603a00e6a732cafc49635ccccae3fbc2ffd', '2fc88d11767018daf3e8ce63dc2d72d2545373b22e8a777c27019b2bc32c5990');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6545-71b3-82c0-7f2d7ef5f169', '01a21dbe-2cca-744c-9641-a99231143155', 140, '2026-11-27 16:02:26.742994+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'approveChannel', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"state":"APPROVED"}', '3efc0f1c1f5d-e2', '2fc88d11767018daf3e8ce63dc2d72d2545373b22e8a777c27019b2bc32c5990', '84a12dcdcb7d008fe82d4841a4d5930dd0170961365cc2478f07d7836d6861bd');
INSERT INTO public.audit_entry VALUES ('01a21dbe-65e2-71b6-a3b7-4971ab83af14', '01a21dbe-2cca-744c-9641-a99231143155', 143, '2026-11-27 16:02:26.909353+00', 'MEMBER', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', 'connectChannel', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"allowPrivateHost":true,"credential":"UNTESTED"}', '3efc0f1c1f5d-e6', '09aa75e89ebb8c04125420a80088184f1b845d484cdaeb5f564830e8b39a25ef', 'e9ba28bc3b6efaa79e75cb0b1db07f0c12e3760fa1d7592f64074b3303b1032f');
INSERT INTO public.audit_entry VALUES ('01a21dbe-69a9-71be-ae05-3745a5579812', '01a21dbe-2cca-744c-9641-a99231143155', 145, '2026-11-27 16:02:27.858848+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'checkCredential', 'Channel', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '{"credential":"HEALTHY"}', NULL, 'ac7ef86238739de0a9d08cfde5189d6de8ad5c98fd56f3a93483fd25312edcf8', 'f7e1b276f0cc777cadaafc97bc9f141a2604516abacdabcca12cc2a15ba0779b');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6b63-7493-9ef9-ab530f58f674', '01a21dbe-2cca-744c-9641-a99231143155', 148, '2026-11-27 16:02:28.293467+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-6a25-7534-8146-40e123f392fd', '{"decision":"APPROVED","digest":"a795ba95f95c4628e257e500ca82c7b6ca1254914c024841f7815eb7c6e6cef2","review":"01a21dbe-6b5b-755d-8061-676c0570e5e4"}', '3efc0f1c1f5d-f5', '5b501df47ec5eb2000ff538e73818d207135612e45dd01a1af4a9209ac73b741', '58dcff722c926f9513d9e0ae41f565fd399ef93f6d26de8164c6f913adba3fc8');
INSERT INTO public.audit_entry VALUES ('01a21dbe-6cd2-7396-9a9b-6f6bd31175d1', '01a21dbe-2cca-744c-9641-a99231143155', 150, '2026-11-27 16:02:28.646879+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-6bad-74f5-8371-3dfba740f572', '{"fence":1}', NULL, '1e800c817454be4bdae61bd19b81407aefa8057309c47a2e8ec2f6f428155729', 'aa41647e7112dc48a65520395349d295877745e0e45e11fe6cee3db9e35d1f3d');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bc4e-7581-a362-27a6ddc5a646', '01a21dbe-2cca-744c-9641-a99231143155', 153, '2026-11-27 16:02:49.005017+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'lookUpPost', 'Post', '01a21dbe-6bad-74f5-8371-3dfba740f572', '{"outcome":"CANNOT_TELL","personDecides":true,"state":"UNCONFIRMED"}', NULL, '78943b24ea6021a2e3ca207022f318c78e7367cf72114918b94247a0e0206ba6', '8fe14abf7f72cbde6063f57d06be180951e92ffcc5a4f793b532ff80f39ecd5a');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bd65-714e-ae9e-e6842ae39535', '01a21dbe-2cca-744c-9641-a99231143155', 156, '2026-11-27 16:02:49.314566+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbe-bcb5-75bf-bf46-67a72519363d', '{"decision":"APPROVED","digest":"2a858720adf0c5dd512d8a8fc93ffcbb98f7ba7e849427b1d2b71ac0c0443176","review":"01a21dbe-bd64-70eb-9d26-eaf79bd37efd"}', '3efc0f1c1f5d-1f3', '7c54a1ced9d2be8103469d868a04ba7d9403ae1b870909e15cd10ab9b04631b1', 'e81dab434e84e5ee9662221131b0c5d4fd977d971f979f330ba0ed950e6e1203');
INSERT INTO public.audit_entry VALUES ('01a21dbe-be22-72ea-8a0f-1cb51631e65a', '01a21dbe-2cca-744c-9641-a99231143155', 158, '2026-11-27 16:02:49.435804+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '{"fence":1}', NULL, '57132343ff2d178436022384c4af0d87af55ffb1fda9aecc9edbe1727fe6f0c0', 'ef0d94174af4c706ae9a0c53eb52f381b96b6a8a63cb57316914becac5bad2a5');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0f07-70cc-bdeb-dea50dde9d39', '01a21dbe-2cca-744c-9641-a99231143155', 164, '2026-11-27 16:03:10.211347+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbf-0e85-77dc-8376-ddb17fa13419', '{"decision":"APPROVED","digest":"8056ad1617a3f79c7c5a47581270f4148f85e8f8015eafe1abc1c960ccb4c47d","review":"01a21dbf-0f06-739e-bcf5-db22926931aa"}', '3efc0f1c1f5d-2ec', '3ddbd137f15e89592e26b832bc42d244d263e531504a59dd73699b3a5623e03a', 'bc7f15754b8b2b987d66098f3e786688c46d718f31ce30fbfb0e63e7b1d4f07f');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0fdd-707d-8eb3-7f707109b862', '01a21dbe-2cca-744c-9641-a99231143155', 168, '2026-11-27 16:03:10.36946+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbf-0f13-771d-8a20-f82b6463a889', '{"fence":1,"outcome":"UNKNOWN","state":"UNCONFIRMED"}', NULL, 'c4412d660c52ef6e9063bb5fefe97a4ec733cbd94fcb181f8a5d86e222f6d716', '3408e2290fb948d686862cf08c99453b56592281ccfd873d5feea4f9673fe259');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bf0d-7329-915f-d2827f29ef77', '01a21dbe-2cca-744c-9641-a99231143155', 159, '2026-11-27 16:02:49.519018+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '{"attempt":1,"fence":1}', NULL, 'ef0d94174af4c706ae9a0c53eb52f381b96b6a8a63cb57316914becac5bad2a5', 'ef86f573c8f1d2ad0d29aec368747107eb711f3e2b6d773d0b411fefed62b995');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0e01-739e-b539-dfce274385e1', '01a21dbe-2cca-744c-9641-a99231143155', 161, '2026-11-27 16:03:09.893442+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'lookUpPost', 'Post', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '{"outcome":"UNREACHABLE","personDecides":false,"state":"UNCONFIRMED"}', NULL, 'c1166fdff1692c02431f10e100d08dd459161c3f1a51b58b9f09e8cbb7679a8b', '72f2534734d194d571b1084e591dbd30ba0fe684af03528716b59e3610511b3b');
INSERT INTO public.audit_entry VALUES ('01a21dbf-0f69-7293-9f44-1df2e8160e05', '01a21dbe-2cca-744c-9641-a99231143155', 167, '2026-11-27 16:03:10.246996+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbf-0f13-771d-8a20-f82b6463a889', '{"attempt":1,"fence":1}', NULL, 'd391e0cead51e5f61522113c0a82f420e639d6768b181233b95de9c7ea60e427', 'c4412d660c52ef6e9063bb5fefe97a4ec733cbd94fcb181f8a5d86e222f6d716');
INSERT INTO public.audit_entry VALUES ('01a21dbe-bf77-7448-8f1f-033520cd3826', '01a21dbe-2cca-744c-9641-a99231143155', 160, '2026-11-27 16:02:49.801523+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'settlePost', 'Post', '01a21dbe-bd6e-71a4-8125-da06b9d3a045', '{"fence":1,"outcome":"UNKNOWN","state":"UNCONFIRMED"}', NULL, 'ef86f573c8f1d2ad0d29aec368747107eb711f3e2b6d773d0b411fefed62b995', 'c1166fdff1692c02431f10e100d08dd459161c3f1a51b58b9f09e8cbb7679a8b');
INSERT INTO public.audit_entry VALUES ('01a21dbf-5f45-7687-898e-f366b5072057', '01a21dbe-2cca-744c-9641-a99231143155', 169, '2026-11-27 16:03:30.669472+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-3df', '3408e2290fb948d686862cf08c99453b56592281ccfd873d5feea4f9673fe259', '6b7fa64f0d0b884a9c2c62f6bcb8b81350bc5d26072371fae7b331b141ec70c9');
INSERT INTO public.audit_entry VALUES ('01a21dbf-5fa8-7291-bcc0-61fe271ce1a5', '01a21dbe-2cca-744c-9641-a99231143155', 170, '2026-11-27 16:03:30.821889+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-3e1', '6b7fa64f0d0b884a9c2c62f6bcb8b81350bc5d26072371fae7b331b141ec70c9', 'd7db03fd4deaded4e05d8a9a2a5666bdfc01f9b6f1793cec1d57c432767b35d1');
INSERT INTO public.audit_entry VALUES ('01a21dbf-5fe0-7332-915d-fb69cf17a185', '01a21dbe-2cca-744c-9641-a99231143155', 171, '2026-11-27 16:03:30.886976+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', '{"decision":"APPROVED","digest":"1e2a4a7ac696a1af05013070fd40ff234b21ebb59ee5c9008b40f9fe64b6f0be","review":"01a21dbf-5fdf-7117-837a-c0cc9bb133a4"}', '3efc0f1c1f5d-3e3', 'd7db03fd4deaded4e05d8a9a2a5666bdfc01f9b6f1793cec1d57c432767b35d1', '5332628bf7b1a77913c0c058136dc3792dd9d585ff3a7068e9ae77a882577bc4');
INSERT INTO public.audit_entry VALUES ('01a21dbf-6027-7076-a5d7-60e47be99b5a', '01a21dbe-2cca-744c-9641-a99231143155', 172, '2026-11-27 16:03:30.938514+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', '{"channel":"01a21dbe-5eac-703e-a3dd-a37741f8417e","draft":"01a21dbf-5ef8-7482-8f1c-7188508c8f46","dueAt":"2026-11-27T16:03:30.938514Z"}', '3efc0f1c1f5d-3e4', '5332628bf7b1a77913c0c058136dc3792dd9d585ff3a7068e9ae77a882577bc4', 'f09525bc6f343405b357ceb1d2b54d73da2e449f779c42656056e2d7a1a47d7a');
INSERT INTO public.audit_entry VALUES ('01a21dbf-603f-73d3-820b-2e0ab8629598', '01a21dbe-2cca-744c-9641-a99231143155', 173, '2026-11-27 16:03:30.989337+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', '{"fence":1}', NULL, 'f09525bc6f343405b357ceb1d2b54d73da2e449f779c42656056e2d7a1a47d7a', 'ef6afd76ba12e4714347d8b3157da17093ad83be8cd9d0d5385e16a76d958e65');
INSERT INTO public.audit_entry VALUES ('01a21dbf-60cd-74d3-9d9e-67796ad73a86', '01a21dbe-2cca-744c-9641-a99231143155', 174, '2026-11-27 16:03:31.010057+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', '{"attempt":1,"fence":1}', NULL, 'ef6afd76ba12e4714347d8b3157da17093ad83be8cd9d0d5385e16a76d958e65', '1a1a28fa8c4a0e27c87518d7f91940f6d01bf2bdad963bdb730d54da60a81b36');
INSERT INTO public.audit_entry VALUES ('01a21dbf-6152-72eb-bf1f-cbfb5ceb75ac', '01a21dbe-2cca-744c-9641-a99231143155', 175, '2026-11-27 16:03:31.243804+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'createDraft', 'Draft', '01a21dbf-612e-7326-ae87-1287ca90a371', '{"initiative":"01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c","revision":1}', '3efc0f1c1f5d-3e7', '1a1a28fa8c4a0e27c87518d7f91940f6d01bf2bdad963bdb730d54da60a81b36', '906583058c09fe16f4c6366ddc154071a4b4d47808da7d4dda8a6d951048cdf4');
INSERT INTO public.audit_entry VALUES ('01a21dbf-625b-7563-912c-72a90b58a9a6', '01a21dbe-2cca-744c-9641-a99231143155', 176, '2026-11-27 16:03:31.40258+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'submitDraft', 'Draft', '01a21dbf-612e-7326-ae87-1287ca90a371', '{"revision":1,"warnings":0}', '3efc0f1c1f5d-3e9', '906583058c09fe16f4c6366ddc154071a4b4d47808da7d4dda8a6d951048cdf4', '2aa3b19bbaaf987bec02db2bd1b8d86988050a56187fc01078b15b824f0c4a24');
INSERT INTO public.audit_entry VALUES ('01a21dbf-62aa-7546-bdda-a91f15efbf04', '01a21dbe-2cca-744c-9641-a99231143155', 177, '2026-11-27 16:03:31.609066+00', 'MEMBER', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'reviewDraft', 'Draft', '01a21dbf-612e-7326-ae87-1287ca90a371', '{"decision":"APPROVED","digest":"c9d19110304f000466fe82f947d60098999c31cec7d6fcb9ff5168b505b297ff","review":"01a21dbf-62a8-7270-ab35-d21ed46cdcad"}', '3efc0f1c1f5d-3eb', '2aa3b19bbaaf987bec02db2bd1b8d86988050a56187fc01078b15b824f0c4a24', 'a9e9a3518e1a85f1660fa90a546d7e0bc976c5ee3910c4c1999c6e131c083400');
INSERT INTO public.audit_entry VALUES ('01a21dbf-62fe-7430-8287-ba87a2e0f31a', '01a21dbe-2cca-744c-9641-a99231143155', 178, '2026-11-27 16:03:31.647857+00', 'MEMBER', '01a21dbe-2e9d-725a-87ed-51205c592556', 'schedulePost', 'Post', '01a21dbf-62cd-72ac-95c7-e4139e0e5950', '{"channel":"01a21dbe-60dc-75ab-b1e0-6d4f95557d78","draft":"01a21dbf-612e-7326-ae87-1287ca90a371","dueAt":"2026-11-27T16:03:31.647857Z"}', '3efc0f1c1f5d-3ec', 'a9e9a3518e1a85f1660fa90a546d7e0bc976c5ee3910c4c1999c6e131c083400', '582836236a38eaf9ee194e6817280eb8d3c2f3649fed95122ae601206eacd19d');
INSERT INTO public.audit_entry VALUES ('01a21dbf-6339-7270-9e07-2a2c4a033285', '01a21dbe-2cca-744c-9641-a99231143155', 179, '2026-11-27 16:03:31.733754+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'claimPost', 'Post', '01a21dbf-62cd-72ac-95c7-e4139e0e5950', '{"fence":1}', NULL, '582836236a38eaf9ee194e6817280eb8d3c2f3649fed95122ae601206eacd19d', '54ddaf739a41ea15b4baaa15335cd6eefab6cc5149cbb91ea8f1cd700b8fa780');
INSERT INTO public.audit_entry VALUES ('01a21dbf-6406-764c-a3f4-5355aca7f38b', '01a21dbe-2cca-744c-9641-a99231143155', 180, '2026-11-27 16:03:31.782937+00', 'WORKER', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 'beginAttempt', 'Post', '01a21dbf-62cd-72ac-95c7-e4139e0e5950', '{"attempt":1,"fence":1}', NULL, '54ddaf739a41ea15b4baaa15335cd6eefab6cc5149cbb91ea8f1cd700b8fa780', 'ad4bbc29b72471e69a55e3c663902f93a458f031a8923f9527128a0cb17fb992');
INSERT INTO public.audit_head VALUES ('01a21dbe-2cca-744c-9641-a99231143155', 180, 'ad4bbc29b72471e69a55e3c663902f93a458f031a8923f9527128a0cb17fb992');
INSERT INTO public.channel VALUES ('01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'FEED', 'news', 'http://127.0.0.1:44213/feed/press/news', 'news', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:12.919271+00', NULL, '{"baseUrl": null, "username": null, "allowPrivateHost": false}', NULL, 'MISSING', NULL, NULL, '{"url": "http://127.0.0.1:44213/feed/press/news", "handle": "news", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "FEED", "displayName": "news", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:13.153041+00', false, 3, '2026-11-27 16:02:12.9037+00', '2026-11-27 16:02:13.153041+00');
INSERT INTO public.channel VALUES ('01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'blog.example.org', 'https://blog.example.org/', 'blog.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:13.195043+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x01c21db83ad2e92e49662d507ee2e93c7e31746766eea0edf88851d8db9165dc7f7f8cf969d55160b33599ab6a', 'HEALTHY', '2026-11-27 16:02:13.402795+00', NULL, '{"url": "https://blog.example.org/", "handle": "blog.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "blog.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:13.250881+00', false, 4, '2026-11-27 16:02:13.170002+00', '2026-11-27 16:02:13.250881+00');
INSERT INTO public.channel VALUES ('01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'paused.example.org', 'https://paused.example.org/', 'paused.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:19.229632+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x01925e6edf9861df0dc72e3fce1ce5add0d3a6e49ead08bf380f4d428dd1c3af840915d67dd672cc00bcb463a9', 'HEALTHY', '2026-11-27 16:02:19.43403+00', NULL, '{"url": "https://paused.example.org/", "handle": "paused.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "paused.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:19.286374+00', false, 4, '2026-11-27 16:02:19.214822+00', '2026-11-27 16:02:19.286374+00');
INSERT INTO public.channel VALUES ('01a21dbe-5932-728a-b049-e1f81d7fcf3a', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'claimed.example.org', 'https://claimed.example.org/', 'claimed.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:23.706611+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x01ab59e8295e85899c8b6a887bc9771c19c7c7045f848585cc5762d4540f73f4015ebde46fa7ec7564ad39df45', 'HEALTHY', '2026-11-27 16:02:24.528303+00', NULL, '{"url": "https://claimed.example.org/", "handle": "claimed.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "claimed.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:23.786852+00', false, 4, '2026-11-27 16:02:23.666201+00', '2026-11-27 16:02:23.786852+00');
INSERT INTO public.channel VALUES ('01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'limited.example.org', 'https://limited.example.org/', 'limited.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:21.485851+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x0175782f259c59ff929ffcddf51bfa6f0163062aa7c7632ea74d163fc25ab55568d995a8614715e47bcadfeaec', 'HEALTHY', '2026-11-27 16:02:22.455875+00', NULL, '{"url": "https://limited.example.org/", "handle": "limited.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "limited.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:21.662084+00', false, 4, '2026-11-27 16:02:21.409474+00', '2026-11-27 16:02:21.662084+00');
INSERT INTO public.channel VALUES ('01a21dbe-5eac-703e-a3dd-a37741f8417e', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'answered.example.org', 'https://answered.example.org/', 'answered.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:25.086246+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x01a7718b895f56e9d98564c14154605b36a526d09b4ce7a873e4a9a19c4a19359f458ad112fdc56a5e6a87105d', 'HEALTHY', '2026-11-27 16:02:25.493697+00', NULL, '{"url": "https://answered.example.org/", "handle": "answered.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "answered.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:25.175803+00', false, 4, '2026-11-27 16:02:25.068419+00', '2026-11-27 16:02:25.175803+00');
INSERT INTO public.channel VALUES ('01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'unanswered.example.org', 'https://unanswered.example.org/', 'unanswered.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:25.666148+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x019f53ea2d0e6b5e17c99782870e1547c4edfa94ee087e0b46facb0d444fe0e3438f5c0730559e049977e1a874', 'HEALTHY', '2026-11-27 16:02:26.561489+00', NULL, '{"url": "https://unanswered.example.org/", "handle": "unanswered.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "unanswered.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:25.878091+00', false, 4, '2026-11-27 16:02:25.627974+00', '2026-11-27 16:02:25.878091+00');
INSERT INTO public.channel VALUES ('01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2cca-744c-9641-a99231143155', NULL, 'WORDPRESS', 'doubts.example.org', 'https://doubts.example.org/', 'doubts.example.org', 'Tells what the office does', 'Patients and clinics', 'en', 'Run by the communications team', 'Weekdays, 9 to 5', NULL, 'The others do not reach them', 'ACTIVE', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:26.742994+00', NULL, '{"baseUrl": "http://platform.invalid/", "username": "press", "allowPrivateHost": true}', '\x013428c5aaa5ddc6391e4a3d1ca9a18279462f21b595c714b621128bb65a4e67f0121b9731b9eef575c9d225dd', 'HEALTHY', '2026-11-27 16:02:27.858848+00', NULL, '{"url": "https://doubts.example.org/", "handle": "doubts.example.org", "bioLine": "Run by the communications team", "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en", "platform": "WORDPRESS", "displayName": "doubts.example.org", "monitoredHours": "Weekdays, 9 to 5"}', '2026-11-27 16:02:26.924898+00', false, 4, '2026-11-27 16:02:26.689538+00', '2026-11-27 16:02:26.924898+00');
INSERT INTO public.channel_head VALUES ('01a21dbe-5eac-703e-a3dd-a37741f8417e', '01a21dbe-2cca-744c-9641-a99231143155', '2026-11-27 16:03:30.938514+00', NULL, '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56');
INSERT INTO public.channel_head VALUES ('01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '01a21dbe-2cca-744c-9641-a99231143155', '2026-11-27 16:03:31.647857+00', NULL, '01a21dbf-62cd-72ac-95c7-e4139e0e5950');
INSERT INTO public.channel_head VALUES ('01a21dbe-5932-728a-b049-e1f81d7fcf3a', '01a21dbe-2cca-744c-9641-a99231143155', NULL, NULL, '01a21dbe-5e5e-740c-b79b-be3d0d4dba57');
INSERT INTO public.channel_head VALUES ('01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2cca-744c-9641-a99231143155', '2026-11-27 16:10:18+00', NULL, NULL);
INSERT INTO public.channel_head VALUES ('01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2cca-744c-9641-a99231143155', '2026-11-27 16:07:18.605628+00', NULL, NULL);
INSERT INTO public.channel_head VALUES ('01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2cca-744c-9641-a99231143155', NULL, NULL, NULL);
INSERT INTO public.channel_head VALUES ('01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2cca-744c-9641-a99231143155', '2026-11-27 16:07:22.973552+00', '2026-11-27 16:07:22.973552+00', NULL);
INSERT INTO public.channel_head VALUES ('01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2cca-744c-9641-a99231143155', NULL, NULL, NULL);
INSERT INTO public.draft VALUES ('01a21dbe-3189-7497-8def-2725040d3315', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-3189-7497-8def-272661ff496d', 3, '2026-11-27 16:02:13.497462+00', '2026-11-27 16:02:16.674446+00');
INSERT INTO public.draft VALUES ('01a21dbe-3f47-7556-978e-3a7c071eaf7a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-3f47-7556-978e-3a7ded016c59', 3, '2026-11-27 16:02:17.025557+00', '2026-11-27 16:02:17.163838+00');
INSERT INTO public.draft VALUES ('01a21dbe-4177-706d-bdc4-c06ac0318f97', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-4177-706d-bdc4-c06ba07a4e91', 3, '2026-11-27 16:02:17.59025+00', '2026-11-27 16:02:17.680925+00');
INSERT INTO public.draft VALUES ('01a21dbe-432d-76be-8754-c491f032f209', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-432d-76be-8754-c492149ce598', 3, '2026-11-27 16:02:18.025638+00', '2026-11-27 16:02:18.181512+00');
INSERT INTO public.draft VALUES ('01a21dbe-449a-74ef-b4cd-88ae018f08f1', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-449a-74ef-b4cd-88affec24b62', 3, '2026-11-27 16:02:18.393701+00', '2026-11-27 16:02:18.495685+00');
INSERT INTO public.draft VALUES ('01a21dbe-45da-7633-9dca-048f2dfef434', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-45da-7633-9dca-04907a88bd93', 3, '2026-11-27 16:02:18.713753+00', '2026-11-27 16:02:18.784624+00');
INSERT INTO public.draft VALUES ('01a21dbe-469a-70d7-aa22-15fd0835d6f7', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-469a-70d7-aa22-15fe2176b4d5', 3, '2026-11-27 16:02:18.905888+00', '2026-11-27 16:02:18.990575+00');
INSERT INTO public.draft VALUES ('01a21dbe-473e-77bd-a3c7-a20fa5643603', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-473e-77bd-a3c7-a210edb39b52', 3, '2026-11-27 16:02:19.069648+00', '2026-11-27 16:02:19.138252+00');
INSERT INTO public.draft VALUES ('01a21dbe-490c-743a-86d6-e8433b8f82fd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-490c-743a-86d6-e8446b887906', 3, '2026-11-27 16:02:19.531345+00', '2026-11-27 16:02:19.584207+00');
INSERT INTO public.draft VALUES ('01a21dbe-4cf5-7172-8661-7de77052c2fd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-4cf5-7172-8661-7de820356c01', 3, '2026-11-27 16:02:20.526738+00', '2026-11-27 16:02:20.80586+00');
INSERT INTO public.draft VALUES ('01a21dbe-549d-7664-b8f0-bebb37a4e44c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-549d-7664-b8f0-bebc8ac999eb', 3, '2026-11-27 16:02:22.483159+00', '2026-11-27 16:02:22.66794+00');
INSERT INTO public.draft VALUES ('01a21dbe-573a-76c4-aece-9c3a39fd6226', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-573a-76c4-aece-9c3b23499f88', 3, '2026-11-27 16:02:23.157442+00', '2026-11-27 16:02:23.477223+00');
INSERT INTO public.draft VALUES ('01a21dbe-5d06-70b7-bdd8-32192b911229', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-5d06-70b7-bdd8-321ad1bbf9e3', 3, '2026-11-27 16:02:24.645531+00', '2026-11-27 16:02:24.897569+00');
INSERT INTO public.draft VALUES ('01a21dbe-6a25-7534-8146-40e123f392fd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-6a25-7534-8146-40e2f5af4eeb', 3, '2026-11-27 16:02:27.998088+00', '2026-11-27 16:02:28.293467+00');
INSERT INTO public.draft VALUES ('01a21dbe-bcb5-75bf-bf46-67a72519363d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbe-bcb5-75bf-bf46-67a85b6a130c', 3, '2026-11-27 16:02:49.137386+00', '2026-11-27 16:02:49.314566+00');
INSERT INTO public.draft VALUES ('01a21dbf-0e85-77dc-8376-ddb17fa13419', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbf-0e85-77dc-8376-ddb290d56d71', 3, '2026-11-27 16:03:10.069853+00', '2026-11-27 16:03:10.211347+00');
INSERT INTO public.draft VALUES ('01a21dbf-5ef8-7482-8f1c-7188508c8f46', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbf-5ef8-7482-8f1c-7189b67049f7', 3, '2026-11-27 16:03:30.669472+00', '2026-11-27 16:03:30.886976+00');
INSERT INTO public.draft VALUES ('01a21dbf-612e-7326-ae87-1287ca90a371', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'What is new', 'APPROVED', '01a21dbe-2e9d-725a-87ed-51205c592556', NULL, '01a21dbf-612e-7326-ae87-12889053191d', 3, '2026-11-27 16:03:31.243804+00', '2026-11-27 16:03:31.609066+00');
INSERT INTO public.feed_entry VALUES ('01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-3fda-76eb-bb6b-0807217e9901', 'What is new', 'The feed-published clinic opens on Monday.', NULL, 'en', '[]', '2026-11-27 16:02:17.453775+00', '2026-11-27 16:02:17.453775+00', NULL);
INSERT INTO public.handbook VALUES ('01a21dbe-2cd3-7402-9216-d941be8bfd46', '01a21dbe-2cca-744c-9641-a99231143155', 1, 'Social media guidelines', '{"rules": [{"id": "GP2.shouting", "clause": "GP2", "params": {"marks": 3, "words": 4}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "PS2.blog-missing", "clause": "PS2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "UP1.handbook-stale", "clause": "UP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP1.operator-unnamed", "clause": "GP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP3.contact-missing", "clause": "GP3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP3.reply-overdue", "clause": "GP3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP3.thanks-due", "clause": "GP3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP4.correction-unlinked", "clause": "GP4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP4.silent-edit", "clause": "GP4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6c.no-plan", "clause": "GP6c", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP6c.not-shareable", "clause": "GP6c", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6c.unlisted-topic", "clause": "GP6c", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP7.variant-drift", "clause": "GP7", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP7.hashtag", "clause": "GP7", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP7.off-message", "clause": "GP7", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC1a.representative-unclear", "clause": "CC1a", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC2.capacity-undeclared", "clause": "CC2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC2.personal-on-office-account", "clause": "CC2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC2.disclaimer-missing", "clause": "CC2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC2.capacity-conflict", "clause": "CC2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC4.duplicate", "clause": "CC4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC7.doubt", "clause": "CC7", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CP1.no-plan", "clause": "CP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP1.coordinator-not-consulted", "clause": "CP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP2.audience", "clause": "CP2a", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP2.stakeholders", "clause": "CP2b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP2.key-messages", "clause": "CP2c", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP2.shareable", "clause": "CP2d", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CP2.goals", "clause": "CP2e", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "IC1.not-notified", "clause": "IC1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "IC2.account-unjustified", "clause": "IC2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "IC3.no-steward", "clause": "IC3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "IC4.collision", "clause": "IC4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP1.opinion-as-fact", "clause": "GP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP1.health-claim", "clause": "GP1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP2.profanity", "clause": "GP2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP2.inclusive", "clause": "GP2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "GP2.partisan", "clause": "GP2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP2.endorsement", "clause": "GP2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP3.unavailable", "clause": "GP3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC3.media-attention", "clause": "CC3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC4.disrespect", "clause": "CC4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC4.no-value", "clause": "CC4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC5.ephemeral", "clause": "CC5", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC5.permanence-ack", "clause": "CC5", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "CC6.employer-disrepute", "clause": "CC6", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP4.quote-unsourced", "clause": "GP4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP6a.quoted-email", "clause": "GP6a", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6a.paraphrased-internal", "clause": "GP6a", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "GP6b.conf-marker", "clause": "GP6b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6b.secret", "clause": "GP6b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6b.internal-link", "clause": "GP6b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6b.doc-permission", "clause": "GP6b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "GP6b.embargo", "clause": "GP6b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.phone", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.address", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.email", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.sin", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.phn", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.card", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.dob", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.patient-id", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.patient-name", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "CC1b.location-metadata", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "CC1b.people-consent", "clause": "CC1b", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "X.length", "clause": "X1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "BLOCK", "waivable": true, "exclusions": []}, {"id": "X.media-fit", "clause": "X1", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "X.alt-missing", "clause": "X2", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "X.hashtag-case", "clause": "X3", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "X.link-dead", "clause": "X4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "X.insecure", "clause": "X4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "X.shortener", "clause": "X4", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "X.emoji", "clause": "X5", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}, {"id": "X.styled-unicode", "clause": "X5", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "WARN", "waivable": true, "exclusions": []}, {"id": "X.readability", "clause": "X5", "params": {}, "enabled": true, "examples": {"fires": [], "quiet": []}, "hotwords": [], "severity": "ADVISE", "waivable": true, "exclusions": []}], "title": "Social media guidelines", "office": {"names": [], "emails": [], "phones": [], "venues": [], "acronyms": ["BC", "UBC", "FOM", "KTE", "ECOP", "HIV", "COPD", "CIHR", "NASA", "UNESCO", "COVID", "NCT"], "addresses": [], "newsrooms": [], "public_hosts": [], "email_domains": [], "internal_hosts": [], "consented_people": []}, "clauses": [{"id": "PS1", "text": "Staff are encouraged to speak for the office and its projects on social media.", "title": "Use is welcome", "source": "POLICY"}, {"id": "PS2", "text": "Whoever manages a project writes about it on the office''s web site; this is a duty.", "title": "Projects blog", "source": "POLICY"}, {"id": "PS3", "text": "Every project makes a plan for its communications, social media among them.", "title": "Projects plan their communications", "source": "POLICY"}, {"id": "PS4", "text": "The guidelines bind every project account and everybody who is recognisable as staff.", "title": "Who is bound", "source": "POLICY"}, {"id": "PS5", "text": "The Marketing and Communications Coordinator is told of every new initiative on social media.", "title": "Tell the Coordinator", "source": "POLICY"}, {"id": "PS6", "text": "Who governs an initiative and what keeps it alive is settled with the Coordinator from its beginning.", "title": "Governed and sustained", "source": "POLICY"}, {"id": "UP1", "text": "The university''s own handbook is read beside these guidelines, which are built upon it.", "title": "The university comes first", "source": "UNIVERSITY"}, {"id": "GP1", "text": "People want to hear a person: say who runs the account, and give opinions as opinions.", "title": "Be yourself", "source": "POLICY"}, {"id": "GP2", "text": "Whoever is known to work here is taken for an ambassador of the office and its faculty, and writes like one.", "title": "Be professional", "source": "POLICY"}, {"id": "GP3", "text": "Answer questions soon, thank those who share, and leave a way to reach you.", "title": "Be available", "source": "POLICY"}, {"id": "GP4", "text": "Own up to what went wrong, and apologise where it is due.", "title": "Be accountable", "source": "POLICY"}, {"id": "GP5", "text": "Help the initiatives of colleagues and partners when they ask for it.", "title": "Support your network", "source": "POLICY"}, {"id": "GP6a", "text": "What colleagues write to one another stays inside: no e-mail is quoted without the project team''s permission.", "title": "Do not quote internal messages", "source": "POLICY"}, {"id": "GP6b", "text": "Sensitive project documents come out only when the project team has released them.", "title": "Do not release sensitive documents", "source": "POLICY"}, {"id": "GP6c", "text": "A project''s plan says early what may be told in public and what may not.", "title": "Agree on what may be shared", "source": "POLICY"}, {"id": "GP7", "text": "Social media is one part of a project''s communications; its messages agree with all the others.", "title": "Integrate", "source": "POLICY"}, {"id": "CC1a", "text": "Speaking for a project under your own name, say so, unless your safety is at stake.", "title": "Make clear whom you represent", "source": "POLICY"}, {"id": "CC1b", "text": "Personal details, above all where somebody lives and their phone number, are not given out.", "title": "Keep personal details out", "source": "POLICY"}, {"id": "CC2", "text": "Readers can always tell whether the office speaks or a person does for themselves.", "title": "Say in which capacity you speak", "source": "POLICY"}, {"id": "CC3", "text": "What you say online may bring journalists to you, in whichever capacity you said it.", "title": "Expect media interest", "source": "POLICY"}, {"id": "CC4", "text": "Behave as you would on a public stage: be respectful, and say something worth hearing.", "title": "Respect, and add value", "source": "POLICY"}, {"id": "CC5", "text": "What is posted remains, and anybody may publish it again elsewhere.", "title": "It stays", "source": "POLICY"}, {"id": "CC6", "text": "Speaking for yourself, do not name your employer where that would bring it into disrepute.", "title": "Do your employer no harm", "source": "POLICY"}, {"id": "CC7", "text": "When you are not sure, ask your supervisor, the project''s manager or the Coordinator first.", "title": "Ask when in doubt", "source": "POLICY"}, {"id": "CP1", "text": "The plan is made early in a project, at first together with the Coordinator.", "title": "Plan early", "source": "POLICY"}, {"id": "CP2a", "text": "The plan names whom the project wants to reach.", "title": "Audience", "source": "POLICY"}, {"id": "CP2b", "text": "The plan names the project''s stakeholders and partners.", "title": "Stakeholders", "source": "POLICY"}, {"id": "CP2c", "text": "The plan states the messages that every text of the project draws on.", "title": "Key messages", "source": "POLICY"}, {"id": "CP2d", "text": "The plan says what of the project may be shared.", "title": "What may be shared", "source": "POLICY"}, {"id": "CP2e", "text": "The plan sets goals, and says how to tell that they are met.", "title": "Goals", "source": "POLICY"}, {"id": "IC1", "text": "New initiatives are announced to the Coordinator, so that they can strengthen one another.", "title": "Announce initiatives", "source": "POLICY"}, {"id": "IC2", "text": "Projects speak through the office''s existing accounts; a new account needs a need.", "title": "Shared accounts first", "source": "POLICY"}, {"id": "IC3", "text": "No account is left behind when a project ends or its people and funding change.", "title": "No orphans", "source": "POLICY"}, {"id": "IC4", "text": "A project''s plan takes the social media of the whole office into account.", "title": "Coordinate", "source": "POLICY"}, {"id": "X1", "text": "A text fits the limits of the platform that it goes to.", "title": "Fit the platform", "source": "SUPPLEMENT"}, {"id": "X2", "text": "Pictures and videos have an alternative text that says what they show.", "title": "Describe pictures", "source": "SUPPLEMENT"}, {"id": "X4", "text": "Links lead where they say, over a secure connection, and to something that is there.", "title": "Links that hold", "source": "SUPPLEMENT"}, {"id": "X5", "text": "Texts are written so that a screen reader and a hurried reader both get through them.", "title": "Easy to read", "source": "SUPPLEMENT"}, {"id": "X3", "text": "Hashtags of several words begin each word with a capital.", "title": "Readable tags", "source": "SUPPLEMENT"}], "version": 1, "training": [{"url": "https://wordpress.org/documentation/", "tool": "WordPress", "title": "WordPress documentation"}, {"url": "https://docs.joinmastodon.org/user/signup/", "tool": "Mastodon", "title": "Using Mastodon"}, {"url": "https://www.w3.org/WAI/tutorials/images/", "tool": "Accessibility", "title": "Writing alternative texts (W3C)"}], "checklist": [{"clause": "GP1", "question": "Does it sound like a person?"}, {"clause": "GP2", "question": "Would the office be glad to be represented by it?"}, {"clause": "GP5", "question": "Does a partner need our help that this could give?"}, {"clause": "GP7", "question": "Which key message does it serve?"}, {"clause": "CC3", "question": "Is the author ready for a journalist''s call about it?"}, {"clause": "CC4", "question": "Would we say it on the stage of a conference, and is it worth hearing there?"}, {"clause": "CC5", "question": "Will it still be fine when somebody publishes it again in five years?"}], "templates": [{"id": "event", "body": "{title}: {date}, {time} ({zone}), {venue}. {what it is about, in one sentence} Register: {link} {hashtags}", "title": "Event"}, {"id": "publication", "body": "New from {project}: {finding, in plain words}. By {authors}. Read it: {link} {hashtags}", "title": "New publication"}, {"id": "recruitment", "body": "{project} is looking for {whom} to {do what}. Ethics approval {number}. Details: {link} {hashtags}", "title": "Looking for participants"}, {"id": "correction", "body": "Correction to our post of {date}: {what was wrong} It should say: {what is right} We are sorry. {link to the original}", "title": "Correction"}, {"id": "thanks", "body": "Thank you {who} for {what}! {what it means to the project}", "title": "Thank you"}], "university": null, "disclaimers": [{"text": "Views are my own, not my employer''s.", "language": "en"}, {"text": "Opinions are my own.", "language": "en"}, {"text": "Personal opinion.", "language": "en"}, {"text": "Opinion personnelle.", "language": "fr"}, {"text": "Ces propos n''engagent que moi.", "language": "fr"}], "supplement_adopted": true, "university_reviewed_on": null, "university_published_on": null}', 'da466a0a26e2168f08f337095774c6531fc91dce37593d70bf38738620166724', 'ACTIVE', '2026-11-27 16:02:12.299288+00', NULL, '2026-11-27 16:02:12.299288+00', NULL, NULL, NULL);
INSERT INTO public.initiative VALUES ('01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '01a21dbe-2cca-744c-9641-a99231143155', 'Virtual visits', 'Tell people how to see a doctor by video', 'Patients in the north', 'The telehealth team', 'Two people, two hours a week', 'The clinics'' front desk', '2026-01-01', NULL, NULL, 'ACTIVE', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:12.861062+00', NULL, 2, '2026-11-27 16:02:12.83217+00', '2026-11-27 16:02:12.861062+00');
INSERT INTO public.member VALUES ('01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', '01a21dbe-2cca-744c-9641-a99231143155', 'ada@example.org', 'Ada Minh', '["ADMINISTRATOR"]', '$argon2id$v=19$m=19456,t=2,p=1$wKYQ6CAWmiIW2H9I3Z9N/Q$y3caIyn54E50EcIPtoHXPqcafotwIQGB+FOxxFHSLz4', 'ACTIVE', 1, '2026-11-27 16:02:12.299288+00', NULL);
INSERT INTO public.member VALUES ('01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '01a21dbe-2cca-744c-9641-a99231143155', 'cora.ford@example.org', 'Cora Ford', '["COORDINATOR"]', '$argon2id$v=19$m=19456,t=2,p=1$bZCz0JX3MX7Ezri8NLBMFA$H+A47psYWbgm7nP4GN62ZTFy0gUR0iy174ESw5WtHt8', 'ACTIVE', 1, '2026-11-27 16:02:12.480447+00', NULL);
INSERT INTO public.member VALUES ('01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2cca-744c-9641-a99231143155', 'max.ng@example.org', 'Max Ng', '["PROJECT_MANAGER"]', '$argon2id$v=19$m=19456,t=2,p=1$LeqQ2IEvT1l6b/1jzkn4Pw$sD5eingSxeAyHBVwmzKQ8X0BPGO/Z4mEQW/lmMD/zVU', 'ACTIVE', 1, '2026-11-27 16:02:12.68197+00', NULL);
INSERT INTO public.member VALUES ('01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2cca-744c-9641-a99231143155', 'ada.okafor@example.org', 'Ada Okafor', '["MEMBER"]', '$argon2id$v=19$m=19456,t=2,p=1$Vn2h17tz8uEgjNapZe3IgQ$t8FlibJjfSAwkIGFSYPB6o4Vbd9rvNC/2y5/UH8oLAw', 'ACTIVE', 1, '2026-11-27 16:02:12.765408+00', NULL);
INSERT INTO public.office VALUES ('01a21dbe-2cca-744c-9641-a99231143155', 'press', 'Press Office', 'America/Vancouver', 'en', 60, false, 1, '2026-11-27 16:02:12.299288+00');
INSERT INTO public.pause VALUES ('01a21dbe-48f6-714b-8507-0ae43dfb1672', '01a21dbe-2cca-744c-9641-a99231143155', 'CHANNEL', '01a21dbe-47ce-741f-b23b-aef8050e300a', NULL, 'A storm', '2026-11-27 16:02:19.509048+00', NULL, '[]', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', NULL, NULL, '2026-11-27 16:02:19.509048+00');
INSERT INTO public.plan VALUES ('01a21dbe-2f0b-7388-a3c5-639914071d31', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 1, '["Patients"]', '["Clinics"]', '["You need not travel to be seen"]', '["How to book"]', '[{"topic": "the Fort Nelson pilot", "until": null}]', '[{"goal": "More visits by video", "measure": "Bookings a month"}]', 'APPROVED', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '2026-11-27 16:02:12.888943+00', '2026-11-27 16:02:12.872763+00', '[]');
INSERT INTO public.post VALUES ('01a21dbe-3e06-7100-bf40-7ca74c73d325', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3189-7497-8def-2725040d3315', '01a21dbe-3189-7497-8def-272661ff496d', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'fc71043f84a4fe2fad33d6b1f56aa8cd9ddbb1bb2030206fff2ba802b3cab56a', 'PUBLISHED', '2026-11-27T08:02:16', 'America/Vancouver', '2026-11-27 16:02:16.70794+00', '2026-11-27 16:02:16.70794+00', '2026-11-28 02:02:16.70794+00', NULL, NULL, 1, 1, 0, false, '01a21dbe-3e06-7100-bf40-7ca74c73d325', '101', 'http://platform.invalid/what-is-new-01a21dbe-3e06-7100-bf40-7ca74c73d325', '2026-11-27 16:02:16+00', NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:16.70794+00', '2026-11-27 16:02:16.886865+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-3fda-76eb-bb6b-0807217e9901', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', '01a21dbe-3f47-7556-978e-3a7ded016c59', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'f0cf10babb849136b246aea68fd5985459685b265c35a4f97cf3a8a2f3a49afa', 'PUBLISHED', '2026-11-27T08:02:17', 'America/Vancouver', '2026-11-27 16:02:17.17475+00', '2026-11-27 16:02:17.17475+00', '2026-11-28 02:02:17.17475+00', NULL, NULL, 1, 1, 0, false, '01a21dbe-3fda-76eb-bb6b-0807217e9901', '01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', 'http://127.0.0.1:44213/feed/press/news#01a21dbe-40f6-77d0-8dbd-6dbde3475ae3', '2026-11-27 16:02:17.453775+00', NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:17.17475+00', '2026-11-27 16:02:17.485693+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-41de-7641-9c73-ee055d0df902', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4177-706d-bdc4-c06ac0318f97', '01a21dbe-4177-706d-bdc4-c06ba07a4e91', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '162f6ea780e425a13993721a27a2ab16c90cfc78f125853e009ed8b6168364f2', 'REJECTED', '2026-11-27T08:02:17', 'America/Vancouver', '2026-11-27 16:02:17.69241+00', '2026-11-27 16:02:17.69241+00', '2026-11-28 02:02:17.69241+00', NULL, NULL, 1, 1, 0, false, '01a21dbe-41de-7641-9c73-ee055d0df902', NULL, NULL, NULL, NULL, 'HTTP_422', 'the platform refused it (WordPress: scripted)', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:17.69241+00', '2026-11-27 16:02:17.903191+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-43e6-74e4-8138-b57646b947cb', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-432d-76be-8754-c491f032f209', '01a21dbe-432d-76be-8754-c492149ce598', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'c84e9754c2c107ddcbc37b6d9f778a301a86204ecb5ad44bd619971ead121bc5', 'CANCELLED', '2026-11-27T17:02:18', 'UTC', '2026-11-27 17:02:18+00', '2026-11-27 17:02:18+00', '2026-11-28 03:02:18+00', NULL, NULL, 0, 0, 0, false, '01a21dbe-43e6-74e4-8138-b57646b947cb', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 2, '2026-11-27 16:02:18.203081+00', '2026-11-27 16:02:18.353461+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-451f-714d-8d99-5f36551f2140', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', '01a21dbe-449a-74ef-b4cd-88affec24b62', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '07c46d405f650567e6f377a8ca38366e06e6a1303090358b714e2295a279c361', 'RETRYING', '2026-11-27T08:02:18', 'America/Vancouver', '2026-11-27 16:02:18.526378+00', '2026-11-27 16:07:18.605628+00', '2026-11-28 02:02:18.526378+00', NULL, NULL, 1, 1, 0, false, '01a21dbe-451f-714d-8d99-5f36551f2140', NULL, NULL, NULL, NULL, 'UNAVAILABLE', 'the platform is closed for a while and says until when (WordPress: scripted)', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:18.526378+00', '2026-11-27 16:02:18.605628+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-4644-772a-8c43-5e632df01dd4', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-45da-7633-9dca-048f2dfef434', '01a21dbe-45da-7633-9dca-04907a88bd93', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '9c877341a6cb3bc0fced53620d55d87cb235c04709cc15faa6be4cf7a0eadfd4', 'SCHEDULED', '2026-11-27T16:10:18', 'UTC', '2026-11-27 16:10:18+00', '2026-11-27 16:10:18+00', '2026-11-28 02:10:18+00', NULL, NULL, 0, 0, 0, false, '01a21dbe-4644-772a-8c43-5e632df01dd4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 1, '2026-11-27 16:02:18.817791+00', '2026-11-27 16:02:18.817791+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-46fa-749f-ab0d-5e4eff5283f5', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', '01a21dbe-469a-70d7-aa22-15fe2176b4d5', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'fa523cb30c6a5af9f54c20940f937186da585f48199ac14eb326e8975687a23c', 'SCHEDULED', '2026-11-27T16:10:18', 'UTC', '2026-11-27 16:10:18+00', '2026-11-27 16:10:18+00', '2026-11-28 02:10:18+00', NULL, NULL, 0, 0, 0, false, '01a21dbe-46fa-749f-ab0d-5e4eff5283f5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 1, '2026-11-27 16:02:19.000638+00', '2026-11-27 16:02:19.000638+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-4799-72af-b492-cc77b263c920', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-473e-77bd-a3c7-a20fa5643603', '01a21dbe-473e-77bd-a3c7-a210edb39b52', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'e8630b1f41ceab4f47deb2e06807a8275efe9da8ff1d0864267d55f2b8d741a1', 'SCHEDULED', '2028-01-01T16:02:19', 'UTC', '2028-01-01 16:02:19+00', '2028-01-01 16:02:19+00', '2028-01-02 02:02:19+00', NULL, NULL, 0, 0, 0, false, '01a21dbe-4799-72af-b492-cc77b263c920', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 1, '2026-11-27 16:02:19.160375+00', '2026-11-27 16:02:19.160375+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-4956-71d3-b839-feb7bacbecc6', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-490c-743a-86d6-e8433b8f82fd', '01a21dbe-490c-743a-86d6-e8446b887906', '01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '18db1bd91335c5ad55f508c7c6616c6b257d6ac0111d1ed756974de458fbdd7b', 'MISSED', '2026-11-27T08:02:19', 'America/Vancouver', '2026-11-27 16:02:19.604915+00', '2026-11-27 16:02:19.604915+00', '2026-11-27 16:02:19.604915+00', NULL, NULL, 1, 0, 0, false, '01a21dbe-4956-71d3-b839-feb7bacbecc6', NULL, NULL, NULL, '{"gates": [{"gate": "PAUSE", "opens": "the coordinator resumes publishing (resumePublishing)", "clause": null, "reason": "publishing is paused: A storm"}], "since": "2026-11-27T16:02:19.677391Z"}', NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:19.604915+00', '2026-11-27 16:02:20.436879+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-4e71-757a-bcb2-0999a36809cd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4cf5-7172-8661-7de77052c2fd', '01a21dbe-4cf5-7172-8661-7de820356c01', '01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '8a2676af230d21963d4311175608b1ac771f6c84d9d7c7763ae5886d0e49a679', 'HELD', '2026-11-27T08:02:20', 'America/Vancouver', '2026-11-27 16:02:20.893423+00', '2026-11-27 16:02:20.893423+00', '2026-11-28 02:02:20.893423+00', NULL, NULL, 1, 0, 0, false, '01a21dbe-4e71-757a-bcb2-0999a36809cd', NULL, NULL, NULL, '{"gates": [{"gate": "PAUSE", "opens": "the coordinator resumes publishing (resumePublishing)", "clause": null, "reason": "publishing is paused: A storm"}], "since": "2026-11-27T16:02:21.188580Z"}', NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 3, '2026-11-27 16:02:20.893423+00', '2026-11-27 16:02:21.18858+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-555b-7774-98f2-8e4b989abb21', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', '01a21dbe-549d-7664-b8f0-bebc8ac999eb', '01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '736f40c23c76495c357048714cd0af164b60161ab2fe96f2d81e187ef0972b2e', 'RETRYING', '2026-11-27T08:02:22', 'America/Vancouver', '2026-11-27 16:02:22.681699+00', '2026-11-27 16:07:22.973552+00', '2026-11-28 02:02:22.681699+00', NULL, NULL, 1, 1, 0, false, '01a21dbe-555b-7774-98f2-8e4b989abb21', NULL, NULL, NULL, NULL, 'RATE_LIMITED', 'the platform limits how often it may be asked (WordPress: scripted)', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 4, '2026-11-27 16:02:22.681699+00', '2026-11-27 16:02:22.973552+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-58d9-7773-8c8a-a8ec536ef7f2', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-573a-76c4-aece-9c3a39fd6226', '01a21dbe-573a-76c4-aece-9c3b23499f88', '01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', 'dd698fefe975bcd5258392a64717e4c37a537fc7f7bfde52295ff1e3d619936d', 'SCHEDULED', '2026-11-27T08:02:23', 'America/Vancouver', '2026-11-27 16:02:23.575544+00', '2026-11-27 16:02:23.575544+00', '2026-11-28 02:02:23.575544+00', NULL, NULL, 0, 0, 0, false, '01a21dbe-58d9-7773-8c8a-a8ec536ef7f2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 1, '2026-11-27 16:02:23.575544+00', '2026-11-27 16:02:23.575544+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-6bad-74f5-8371-3dfba740f572', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6a25-7534-8146-40e123f392fd', '01a21dbe-6a25-7534-8146-40e2f5af4eeb', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '460e1c961ba455a0b10615426d8b2873815153c1b25977f5bf765fb6c2f3d87d', 'UNCONFIRMED', '2026-11-27T08:02:28', 'America/Vancouver', '2026-11-27 16:02:28.385529+00', '2026-11-27 16:02:48.921471+00', '2026-11-28 02:02:28.385529+00', NULL, NULL, 2, 1, 1, true, '01a21dbe-6bad-74f5-8371-3dfba740f572', NULL, NULL, NULL, NULL, 'TRASHED_ON_PLATFORM', 'the site has this post in its bin', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 6, '2026-11-27 16:02:28.385529+00', '2026-11-27 16:02:49.005017+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-bd6e-71a4-8125-da06b9d3a045', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bcb5-75bf-bf46-67a72519363d', '01a21dbe-bcb5-75bf-bf46-67a85b6a130c', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '0aa5df335f81e4c12b0796d72a7fc9cbad579ffc946388f9af7dd3d9084aa9ab', 'UNCONFIRMED', '2026-11-27T08:02:49', 'America/Vancouver', '2026-11-27 16:02:49.324844+00', '2026-11-27 16:08:09.893442+00', '2026-11-28 02:02:49.324844+00', NULL, NULL, 2, 1, 1, false, '01a21dbe-bd6e-71a4-8125-da06b9d3a045', NULL, NULL, NULL, NULL, 'UNAVAILABLE', 'the platform is closed for a while and says until when', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 6, '2026-11-27 16:02:49.324844+00', '2026-11-27 16:03:09.893442+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbf-0f13-771d-8a20-f82b6463a889', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0e85-77dc-8376-ddb17fa13419', '01a21dbf-0e85-77dc-8376-ddb290d56d71', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '9deee1d93b2b67dc6187137cac22f92c2066ffab08d936378c6329fdd36d50d9', 'UNCONFIRMED', '2026-11-27T08:03:10', 'America/Vancouver', '2026-11-27 16:03:10.226587+00', '2026-11-27 16:03:30.36946+00', '2026-11-28 02:03:10.226587+00', '2026-11-27 16:04:30.389684+00', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 2, 1, 1, false, '01a21dbf-0f13-771d-8a20-f82b6463a889', NULL, NULL, NULL, NULL, 'HTTP_500', 'the platform failed while it worked on it (WordPress: scripted)', NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 5, '2026-11-27 16:03:10.226587+00', '2026-11-27 16:03:30.389684+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', '01a21dbf-5ef8-7482-8f1c-7189b67049f7', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '190110841c8beb06a74e30323d76f65620e7fee28aae10d4f2c834b0a1eb341b', 'SENDING', '2026-11-27T08:03:30', 'America/Vancouver', '2026-11-27 16:03:30.938514+00', '2026-11-27 16:03:30.938514+00', '2026-11-28 02:03:30.938514+00', '2026-11-27 16:04:31.010057+00', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 1, 1, 0, false, '01a21dbf-6013-70f7-b3e5-e3f2d3a20b56', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 3, '2026-11-27 16:03:30.938514+00', '2026-11-27 16:03:31.010057+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbe-5e5e-740c-b79b-be3d0d4dba57', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5d06-70b7-bdd8-32192b911229', '01a21dbe-5d06-70b7-bdd8-321ad1bbf9e3', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '6fc701645113a6e58afb8ae16bbcfa0774c51519ef0bc1fda0a13d2d9ef203f8', 'SENDING', '2026-11-27T17:02:24', 'UTC', '2026-11-27 16:02:24.976209+00', '2026-11-27 16:02:24.976209+00', '2026-11-28 03:02:24+00', '2026-11-27 16:04:31.782937+00', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 1, 0, 0, false, '01a21dbe-5e5e-740c-b79b-be3d0d4dba57', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 1, '2026-11-27 16:02:24.976209+00', '2026-11-27 16:02:24.976209+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.post VALUES ('01a21dbf-62cd-72ac-95c7-e4139e0e5950', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-612e-7326-ae87-1287ca90a371', '01a21dbf-612e-7326-ae87-12889053191d', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '01a21dbe-2ee0-74e1-b3e3-4ec69fc0653c', '38a5ed3988a5c6d7834f7cd7f6aca49ead21226c0975a4c185ed7f5312154bee', 'SENDING', '2026-11-27T08:03:31', 'America/Vancouver', '2026-11-27 16:03:31.647857+00', '2026-11-27 16:03:31.647857+00', '2026-11-28 02:03:31.647857+00', '2026-11-27 16:04:31.782937+00', '01a21dbe-2898-73c7-b56b-9808a3dc312b', 1, 1, 0, false, '01a21dbf-62cd-72ac-95c7-e4139e0e5950', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01a21dbe-2e9d-725a-87ed-51205c592556', 3, '2026-11-27 16:03:31.647857+00', '2026-11-27 16:03:31.782937+00', '01a21dbe-2cd3-7402-9216-d941be8bfd46');
INSERT INTO public.review VALUES ('01a21dbe-3deb-7776-8150-ab3fca5a1e83', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3189-7497-8def-2725040d3315', '01a21dbe-3189-7497-8def-272661ff496d', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', 'ec94baa318427f6b9cdfc2135cb47b05f05e2095c3e3aa17656681d9b4c692f7', NULL, NULL, NULL, NULL, '2026-11-27 16:02:16.674446+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-3fce-7506-b49f-1eed8c3c763c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', '01a21dbe-3f47-7556-978e-3a7ded016c59', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '666d008608886299efe3dbe650f8d057590baccd82aac987540674e850475194', NULL, NULL, NULL, NULL, '2026-11-27 16:02:17.163838+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-41d2-7566-a00d-71e465ad2ce9', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4177-706d-bdc4-c06ac0318f97', '01a21dbe-4177-706d-bdc4-c06ba07a4e91', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '5ac8ca7abfbd62ef67f0480e8e8dca74b17d9211886346997313a08a1e7f1751', NULL, NULL, NULL, NULL, '2026-11-27 16:02:17.680925+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-43cc-727d-8bbb-e97923d5b215', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-432d-76be-8754-c491f032f209', '01a21dbe-432d-76be-8754-c492149ce598', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '5625e61384913b4548d0b4b0393ec26f3a8a39ef8df2c8514482b258c837f3db', NULL, NULL, NULL, NULL, '2026-11-27 16:02:18.181512+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-4502-72d0-b4f0-72a8ab2d1395', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', '01a21dbe-449a-74ef-b4cd-88affec24b62', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '7ce72bff39da970966824a80ff8026fff75cb86e9f4786b8599bcd3ef0f46523', NULL, NULL, NULL, NULL, '2026-11-27 16:02:18.495685+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-4623-7080-9a13-1bd21308ef8f', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-45da-7633-9dca-048f2dfef434', '01a21dbe-45da-7633-9dca-04907a88bd93', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '189181baac72b3ef5e81ab12567004beafe59d95ddd54517c6681e71dd86ccf7', NULL, NULL, NULL, NULL, '2026-11-27 16:02:18.784624+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-46f1-71db-80ec-d916f06734eb', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', '01a21dbe-469a-70d7-aa22-15fe2176b4d5', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '4990db66338ce7d2f9a9474b1e07aaf75dd8a35d5f492959b723a61e21f93f71', NULL, NULL, NULL, NULL, '2026-11-27 16:02:18.990575+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-478f-7535-9a00-a0d5335d0cf9', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-473e-77bd-a3c7-a20fa5643603', '01a21dbe-473e-77bd-a3c7-a210edb39b52', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '93dae27b4c53edb61fb64a255871cb561296f9b430012f62c9a8a68dc48d3baa', NULL, NULL, NULL, NULL, '2026-11-27 16:02:19.138252+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-494a-7783-b98f-5c7c25727abb', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-490c-743a-86d6-e8433b8f82fd', '01a21dbe-490c-743a-86d6-e8446b887906', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '6f214ba7f9915937d85df340cb1f05d0f988c3fc337c49380167bac5d51fe905', NULL, NULL, NULL, NULL, '2026-11-27 16:02:19.584207+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-4e1d-74af-b73d-f0643cb95a9a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4cf5-7172-8661-7de77052c2fd', '01a21dbe-4cf5-7172-8661-7de820356c01', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', 'ed3d8ced7dc2a2d30494244052f7e5cd98fe212ffd019f40828c27f994177fce', NULL, NULL, NULL, NULL, '2026-11-27 16:02:20.80586+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-554f-7580-9b5c-98e8dea63050', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', '01a21dbe-549d-7664-b8f0-bebc8ac999eb', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '7a33b62ebd834640fefc31a150f4494ae46872a42e8001e8dc5eeb2072f03e71', NULL, NULL, NULL, NULL, '2026-11-27 16:02:22.66794+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-5886-7549-8c31-45b1cf0e5295', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-573a-76c4-aece-9c3a39fd6226', '01a21dbe-573a-76c4-aece-9c3b23499f88', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', 'a5924e467d8f2399f05e6a8b8984e3d72898188728e5a6c0bbc3857fda52d593', NULL, NULL, NULL, NULL, '2026-11-27 16:02:23.477223+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-5e1b-72e6-935d-5f7afc7ef342', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5d06-70b7-bdd8-32192b911229', '01a21dbe-5d06-70b7-bdd8-321ad1bbf9e3', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '913942b85dbf09cf22d56fd048ad6527091a22fcf9c45df1667966145f809745', NULL, NULL, NULL, NULL, '2026-11-27 16:02:24.897569+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-6b5b-755d-8061-676c0570e5e4', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6a25-7534-8146-40e123f392fd', '01a21dbe-6a25-7534-8146-40e2f5af4eeb', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', 'a795ba95f95c4628e257e500ca82c7b6ca1254914c024841f7815eb7c6e6cef2', NULL, NULL, NULL, NULL, '2026-11-27 16:02:28.293467+00', NULL);
INSERT INTO public.review VALUES ('01a21dbe-bd64-70eb-9d26-eaf79bd37efd', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bcb5-75bf-bf46-67a72519363d', '01a21dbe-bcb5-75bf-bf46-67a85b6a130c', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '2a858720adf0c5dd512d8a8fc93ffcbb98f7ba7e849427b1d2b71ac0c0443176', NULL, NULL, NULL, NULL, '2026-11-27 16:02:49.314566+00', NULL);
INSERT INTO public.review VALUES ('01a21dbf-0f06-739e-bcf5-db22926931aa', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0e85-77dc-8376-ddb17fa13419', '01a21dbf-0e85-77dc-8376-ddb290d56d71', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '8056ad1617a3f79c7c5a47581270f4148f85e8f8015eafe1abc1c960ccb4c47d', NULL, NULL, NULL, NULL, '2026-11-27 16:03:10.211347+00', NULL);
INSERT INTO public.review VALUES ('01a21dbf-5fdf-7117-837a-c0cc9bb133a4', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', '01a21dbf-5ef8-7482-8f1c-7189b67049f7', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', '1e2a4a7ac696a1af05013070fd40ff234b21ebb59ee5c9008b40f9fe64b6f0be', NULL, NULL, NULL, NULL, '2026-11-27 16:03:30.886976+00', NULL);
INSERT INTO public.review VALUES ('01a21dbf-62a8-7270-ab35-d21ed46cdcad', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-612e-7326-ae87-1287ca90a371', '01a21dbf-612e-7326-ae87-12889053191d', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', 'APPROVED', 'c9d19110304f000466fe82f947d60098999c31cec7d6fcb9ff5168b505b297ff', NULL, NULL, NULL, NULL, '2026-11-27 16:03:31.609066+00', NULL);
INSERT INTO public.revision VALUES ('01a21dbe-3189-7497-8def-272661ff496d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3189-7497-8def-2725040d3315', 1, 'What is new', 'The published clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', 'ec94baa318427f6b9cdfc2135cb47b05f05e2095c3e3aa17656681d9b4c692f7', '2026-11-27 16:02:13.497462+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-3f47-7556-978e-3a7ded016c59', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3f47-7556-978e-3a7c071eaf7a', 1, 'What is new', 'The feed-published clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '666d008608886299efe3dbe650f8d057590baccd82aac987540674e850475194', '2026-11-27 16:02:17.025557+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-4177-706d-bdc4-c06ba07a4e91', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4177-706d-bdc4-c06ac0318f97', 1, 'What is new', 'The rejected clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '5ac8ca7abfbd62ef67f0480e8e8dca74b17d9211886346997313a08a1e7f1751', '2026-11-27 16:02:17.59025+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-432d-76be-8754-c492149ce598', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-432d-76be-8754-c491f032f209', 1, 'What is new', 'The cancelled clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '5625e61384913b4548d0b4b0393ec26f3a8a39ef8df2c8514482b258c837f3db', '2026-11-27 16:02:18.025638+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-449a-74ef-b4cd-88affec24b62', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-449a-74ef-b4cd-88ae018f08f1', 1, 'What is new', 'The refused-once clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '7ce72bff39da970966824a80ff8026fff75cb86e9f4786b8599bcd3ef0f46523', '2026-11-27 16:02:18.393701+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-45da-7633-9dca-04907a88bd93', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-45da-7633-9dca-048f2dfef434', 1, 'What is new', 'The soon clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '189181baac72b3ef5e81ab12567004beafe59d95ddd54517c6681e71dd86ccf7', '2026-11-27 16:02:18.713753+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-469a-70d7-aa22-15fe2176b4d5', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-469a-70d7-aa22-15fd0835d6f7', 1, 'What is new', 'The feed-soon clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '4990db66338ce7d2f9a9474b1e07aaf75dd8a35d5f492959b723a61e21f93f71', '2026-11-27 16:02:18.905888+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-473e-77bd-a3c7-a210edb39b52', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-473e-77bd-a3c7-a20fa5643603', 1, 'What is new', 'The far clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '93dae27b4c53edb61fb64a255871cb561296f9b430012f62c9a8a68dc48d3baa', '2026-11-27 16:02:19.069648+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-490c-743a-86d6-e8446b887906', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-490c-743a-86d6-e8433b8f82fd', 1, 'What is new', 'The missed clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '6f214ba7f9915937d85df340cb1f05d0f988c3fc337c49380167bac5d51fe905', '2026-11-27 16:02:19.531345+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-4cf5-7172-8661-7de820356c01', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4cf5-7172-8661-7de77052c2fd', 1, 'What is new', 'The held clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', 'ed3d8ced7dc2a2d30494244052f7e5cd98fe212ffd019f40828c27f994177fce', '2026-11-27 16:02:20.526738+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-549d-7664-b8f0-bebc8ac999eb', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-549d-7664-b8f0-bebb37a4e44c', 1, 'What is new', 'The limited clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '7a33b62ebd834640fefc31a150f4494ae46872a42e8001e8dc5eeb2072f03e71', '2026-11-27 16:02:22.483159+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-573a-76c4-aece-9c3b23499f88', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-573a-76c4-aece-9c3a39fd6226', 1, 'What is new', 'The behind clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', 'a5924e467d8f2399f05e6a8b8984e3d72898188728e5a6c0bbc3857fda52d593', '2026-11-27 16:02:23.157442+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-5d06-70b7-bdd8-321ad1bbf9e3', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5d06-70b7-bdd8-32192b911229', 1, 'What is new', 'The claimed clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '913942b85dbf09cf22d56fd048ad6527091a22fcf9c45df1667966145f809745', '2026-11-27 16:02:24.645531+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-6a25-7534-8146-40e2f5af4eeb', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6a25-7534-8146-40e123f392fd', 1, 'What is new', 'The doubtful clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', 'a795ba95f95c4628e257e500ca82c7b6ca1254914c024841f7815eb7c6e6cef2', '2026-11-27 16:02:27.998088+00', false);
INSERT INTO public.revision VALUES ('01a21dbe-bcb5-75bf-bf46-67a85b6a130c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bcb5-75bf-bf46-67a72519363d', 1, 'What is new', 'The waiting clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '2a858720adf0c5dd512d8a8fc93ffcbb98f7ba7e849427b1d2b71ac0c0443176', '2026-11-27 16:02:49.137386+00', false);
INSERT INTO public.revision VALUES ('01a21dbf-0e85-77dc-8376-ddb290d56d71', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0e85-77dc-8376-ddb17fa13419', 1, 'What is new', 'The looking clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '8056ad1617a3f79c7c5a47581270f4148f85e8f8015eafe1abc1c960ccb4c47d', '2026-11-27 16:03:10.069853+00', false);
INSERT INTO public.revision VALUES ('01a21dbf-5ef8-7482-8f1c-7189b67049f7', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-5ef8-7482-8f1c-7188508c8f46', 1, 'What is new', 'The answered clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', '1e2a4a7ac696a1af05013070fd40ff234b21ebb59ee5c9008b40f9fe64b6f0be', '2026-11-27 16:03:30.669472+00', false);
INSERT INTO public.revision VALUES ('01a21dbf-612e-7326-ae87-12889053191d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-612e-7326-ae87-1287ca90a371', 1, 'What is new', 'The unanswered clinic opens on Monday.', NULL, 'OFFICIAL', NULL, '[]', '01a21dbe-2e9d-725a-87ed-51205c592556', 'c9d19110304f000466fe82f947d60098999c31cec7d6fcb9ff5168b505b297ff', '2026-11-27 16:03:31.243804+00', false);
INSERT INTO public.revision_target VALUES ('01a21dbe-3195-73e1-89b7-68c1173e5e08', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3189-7497-8def-272661ff496d', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, 'fc71043f84a4fe2fad33d6b1f56aa8cd9ddbb1bb2030206fff2ba802b3cab56a');
INSERT INTO public.revision_target VALUES ('01a21dbe-3f4d-7503-99d6-6eebaa3d3a50', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3f47-7556-978e-3a7ded016c59', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', NULL, 'f0cf10babb849136b246aea68fd5985459685b265c35a4f97cf3a8a2f3a49afa');
INSERT INTO public.revision_target VALUES ('01a21dbe-4178-748d-b2fd-d4197b3a673d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4177-706d-bdc4-c06ba07a4e91', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, '162f6ea780e425a13993721a27a2ab16c90cfc78f125853e009ed8b6168364f2');
INSERT INTO public.revision_target VALUES ('01a21dbe-4336-73d9-825f-527bd8a2d030', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-432d-76be-8754-c492149ce598', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, 'c84e9754c2c107ddcbc37b6d9f778a301a86204ecb5ad44bd619971ead121bc5');
INSERT INTO public.revision_target VALUES ('01a21dbe-449b-7396-a5b8-805b1797176b', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-449a-74ef-b4cd-88affec24b62', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, '07c46d405f650567e6f377a8ca38366e06e6a1303090358b714e2295a279c361');
INSERT INTO public.revision_target VALUES ('01a21dbe-45db-7302-ba8e-c011199027bf', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-45da-7633-9dca-04907a88bd93', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, '9c877341a6cb3bc0fced53620d55d87cb235c04709cc15faa6be4cf7a0eadfd4');
INSERT INTO public.revision_target VALUES ('01a21dbe-469b-7498-a844-8d5855f57f94', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-469a-70d7-aa22-15fe2176b4d5', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', NULL, 'fa523cb30c6a5af9f54c20940f937186da585f48199ac14eb326e8975687a23c');
INSERT INTO public.revision_target VALUES ('01a21dbe-473f-7780-8eb6-7d18898ba1f6', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-473e-77bd-a3c7-a210edb39b52', '01a21dbe-3032-754d-8b70-b86824e82d86', NULL, 'e8630b1f41ceab4f47deb2e06807a8275efe9da8ff1d0864267d55f2b8d741a1');
INSERT INTO public.revision_target VALUES ('01a21dbe-490c-743a-86d6-e8458a03f9ce', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-490c-743a-86d6-e8446b887906', '01a21dbe-47ce-741f-b23b-aef8050e300a', NULL, '18db1bd91335c5ad55f508c7c6616c6b257d6ac0111d1ed756974de458fbdd7b');
INSERT INTO public.revision_target VALUES ('01a21dbe-4cf6-714b-8477-0a3def4fee90', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-4cf5-7172-8661-7de820356c01', '01a21dbe-47ce-741f-b23b-aef8050e300a', NULL, '8a2676af230d21963d4311175608b1ac771f6c84d9d7c7763ae5886d0e49a679');
INSERT INTO public.revision_target VALUES ('01a21dbe-54a1-75e1-a06b-d64caf49155a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-549d-7664-b8f0-bebc8ac999eb', '01a21dbe-5061-758a-be35-0e3a4374d460', NULL, '736f40c23c76495c357048714cd0af164b60161ab2fe96f2d81e187ef0972b2e');
INSERT INTO public.revision_target VALUES ('01a21dbe-5742-746b-8e77-aca34a4f8bf1', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-573a-76c4-aece-9c3b23499f88', '01a21dbe-5061-758a-be35-0e3a4374d460', NULL, 'dd698fefe975bcd5258392a64717e4c37a537fc7f7bfde52295ff1e3d619936d');
INSERT INTO public.revision_target VALUES ('01a21dbe-5d07-75d4-9110-36e4c3cb882e', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5d06-70b7-bdd8-321ad1bbf9e3', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', NULL, '6fc701645113a6e58afb8ae16bbcfa0774c51519ef0bc1fda0a13d2d9ef203f8');
INSERT INTO public.revision_target VALUES ('01a21dbe-6a2e-712f-9a15-877ba07ca5f4', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6a25-7534-8146-40e2f5af4eeb', '01a21dbe-6501-73bf-a680-6ddc28b85af3', NULL, '460e1c961ba455a0b10615426d8b2873815153c1b25977f5bf765fb6c2f3d87d');
INSERT INTO public.revision_target VALUES ('01a21dbe-bcb8-75f1-b1c8-a4652afb50c7', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-bcb5-75bf-bf46-67a85b6a130c', '01a21dbe-6501-73bf-a680-6ddc28b85af3', NULL, '0aa5df335f81e4c12b0796d72a7fc9cbad579ffc946388f9af7dd3d9084aa9ab');
INSERT INTO public.revision_target VALUES ('01a21dbf-0e92-7182-a55e-98c98c81ae45', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-0e85-77dc-8376-ddb290d56d71', '01a21dbe-6501-73bf-a680-6ddc28b85af3', NULL, '9deee1d93b2b67dc6187137cac22f92c2066ffab08d936378c6329fdd36d50d9');
INSERT INTO public.revision_target VALUES ('01a21dbf-5f0e-75dc-97da-e37833a68062', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-5ef8-7482-8f1c-7189b67049f7', '01a21dbe-5eac-703e-a3dd-a37741f8417e', NULL, '190110841c8beb06a74e30323d76f65620e7fee28aae10d4f2c834b0a1eb341b');
INSERT INTO public.revision_target VALUES ('01a21dbf-6131-7596-b3d1-32b7b277c32e', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbf-612e-7326-ae87-12889053191d', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', NULL, '38a5ed3988a5c6d7834f7cd7f6aca49ead21226c0975a4c185ed7f5312154bee');
INSERT INTO public.seaql_migrations VALUES ('m20261125_000001_create_deployment', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000002_create_offices', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000003_create_initiatives', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000004_create_channels', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000005_create_drafts', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000006_create_posts', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261125_000007_create_audit', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000001_add_media_stripped', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000002_create_link_checks', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000003_add_handbook_proposals', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000004_add_post_checked_handbook', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000010_create_attestations', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000011_create_waivers', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000012_add_revision_doubt', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000013_add_media_declarations', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000014_add_review_checked', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000015_add_plan_contentious', 1795795330);
INSERT INTO public.seaql_migrations VALUES ('m20261127_000016_index_told_posts', 1795795330);
INSERT INTO public.session VALUES ('01a21dbe-2d5b-714d-84c8-06e90f977109', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2cda-70f8-93fb-9ff1b4ff4c61', '01a21dbe-2d5b-714d-84c8-06e8828d6126', 'e01b6dd394059d2dca03d58982bdec75cbe0b822d33091a16834d4c6cc8f4dd5', '2026-11-27 16:02:12.441523+00', '2026-12-27 16:02:12.441523+00', NULL, NULL);
INSERT INTO public.session VALUES ('01a21dbe-2da3-74a9-a9c9-d7fb57761e73', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2d80-712c-ac5f-bb41dad6c9b9', '01a21dbe-2da3-74a9-a9c9-d7faec6b5108', '23c79aba71e3411fc9f058d11e3d68522adf2cb7d5e0bc2d97c5f029fb1fb23b', '2026-11-27 16:02:12.513738+00', '2026-12-27 16:02:12.513738+00', NULL, NULL);
INSERT INTO public.session VALUES ('01a21dbe-2e63-72db-95bf-88e3a6130e9c', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', '01a21dbe-2e63-72db-95bf-88e2bdf922d3', '71efff5cf8260027a3fefbd731f5a86be17df6cecb432bc0a9d97e349d07d6be', '2026-11-27 16:02:12.706888+00', '2026-12-27 16:02:12.706888+00', NULL, NULL);
INSERT INTO public.session VALUES ('01a21dbe-2ec5-72aa-8554-a03fa2c2a2f4', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2e9d-725a-87ed-51205c592556', '01a21dbe-2ec5-72aa-8554-a03eda2818fb', 'aba04975d04fbf154c1281b8ba8d0f40e4a46d8009b836bc1c4a7fc313ef9902', '2026-11-27 16:02:12.804974+00', '2026-12-27 16:02:12.804974+00', NULL, NULL);
INSERT INTO public.setup_link VALUES ('01a21dbe-28f6-70fe-b65d-28f5f098779c', '520684d868d25c8e88ef465f9ab3607ddc2d37a6467fc39c9d4588b20d0f835a', '2026-11-27 16:02:11.317334+00', '2026-11-27 16:32:11.317334+00', '2026-11-27 16:02:12.299288+00');
INSERT INTO public.signing_key VALUES ('01a21dbe-26fd-7218-a4aa-096d964799ad', '30b7a25a277e58d9', '\x01a0102fa4d21481b8259041a48f77038c9dae7e645e1d00033c0c0c868dc60dcd5011a58db9f3b85e07fee2d4109c98d37b66781c9b04b064ca948440902f757be4b886c8e941e6cf7854aabc', '\xbf4b7107744eccb183a30ffe9058c5d87602b566c9210070156e4246564c07e5', '2026-11-27 16:02:10.710685+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-2f43-77e1-824c-e2789c8dfc04', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:12.929556+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-2fed-7596-b643-40cb523e7989', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-2f27-76bf-93b1-91d94eaf245d', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:13.081601+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-305f-737c-baa1-d8159b134f72', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:13.213682+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-3068-7173-a495-f545c0ffea1a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-3032-754d-8b70-b86824e82d86', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:13.2237+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-47ee-7069-8285-1e1aeec4f4d6', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:19.245465+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-47f6-752d-8b55-81a4dd71682a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-47ce-741f-b23b-aef8050e300a', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:19.253509+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-50fe-7320-84e2-a5a6c7486d5e', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:21.565652+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-511e-7717-8089-003509144c47', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5061-758a-be35-0e3a4374d460', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:21.586214+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-5965-778d-80cc-48918d94ea16', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:23.715558+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-597e-7471-b142-5ee5b12beee6', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5932-728a-b049-e1f81d7fcf3a', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:23.727108+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-5ed3-72ba-bb23-ee965845bf27', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:25.106353+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-5edf-747b-8990-8ad1f81b5d5d', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-5eac-703e-a3dd-a37741f8417e', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:25.118346+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-6121-73af-92fb-6a2dd0c11d1b', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:25.689572+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-615a-7339-9f5a-3ff669559bab', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-60dc-75ab-b1e0-6d4f95557d78', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:25.740545+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-6573-71f0-b5b1-2e60db7afe33', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2e9d-725a-87ed-51205c592556', false, '2026-11-27 16:02:26.801566+00', NULL);
INSERT INTO public.steward VALUES ('01a21dbe-65a6-736a-b21b-68a40f6e622a', '01a21dbe-2cca-744c-9641-a99231143155', '01a21dbe-6501-73bf-a680-6ddc28b85af3', '01a21dbe-2e49-77d4-960a-8da53fa1bed2', false, '2026-11-27 16:02:26.841802+00', NULL);
INSERT INTO public.worker_beat VALUES ('01a21dbe-2898-73c7-b56b-9808a3dc312b', 'vm', '0.1.0', '2026-11-27 16:02:11.288606+00', '2026-11-27 16:03:31.798507+00', 3, NULL);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT acknowledgement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attestation
    ADD CONSTRAINT attestation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (office_id);
ALTER TABLE ONLY public.channel_head
    ADD CONSTRAINT channel_head_pkey PRIMARY KEY (channel_id);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.client_key
    ADD CONSTRAINT client_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.feed_entry
    ADD CONSTRAINT feed_entry_key_key UNIQUE (key);
ALTER TABLE ONLY public.feed_entry
    ADD CONSTRAINT feed_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.initiative
    ADD CONSTRAINT initiative_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.link_check
    ADD CONSTRAINT link_check_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.office
    ADD CONSTRAINT office_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.revision_media
    ADD CONSTRAINT revision_media_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.revision_target
    ADD CONSTRAINT revision_target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT setup_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT setup_link_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_kid_key UNIQUE (kid);
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.steward
    ADD CONSTRAINT steward_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.worker_beat
    ADD CONSTRAINT worker_beat_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX acknowledgement_once ON public.acknowledgement USING btree (member_id, handbook_id);
CREATE UNIQUE INDEX attempt_number ON public.attempt USING btree (post_id, number);
CREATE INDEX attempt_open ON public.attempt USING btree (post_id) WHERE ((outcome)::text = 'OPEN'::text);
CREATE UNIQUE INDEX attestation_once ON public.attestation USING btree (revision_id, kind);
CREATE UNIQUE INDEX audit_entry_sequence ON public.audit_entry USING btree (office_id, sequence);
CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (subject_id, sequence);
CREATE UNIQUE INDEX channel_handle ON public.channel USING btree (office_id, platform, handle) WHERE (((state)::text <> 'DECLINED'::text) AND ((state)::text <> 'RETIRED'::text));
CREATE INDEX channel_head_next ON public.channel_head USING btree (next_at, channel_id) WHERE (sending IS NULL);
CREATE INDEX channel_initiative ON public.channel USING btree (initiative_id);
CREATE INDEX channel_order ON public.channel USING btree (office_id, handle, id);
CREATE INDEX channel_state ON public.channel USING btree (office_id, state, id);
CREATE UNIQUE INDEX client_key_once ON public.client_key USING btree (office_id, actor_id, operation, key);
CREATE INDEX draft_initiative ON public.draft USING btree (initiative_id, updated_at, id);
CREATE INDEX draft_state ON public.draft USING btree (office_id, state, updated_at, id);
CREATE INDEX draft_updated ON public.draft USING btree (office_id, updated_at, id);
CREATE INDEX feed_entry_order ON public.feed_entry USING btree (channel_id, published_at, id);
CREATE UNIQUE INDEX handbook_active ON public.handbook USING btree (office_id) WHERE ((state)::text = 'ACTIVE'::text);
CREATE UNIQUE INDEX handbook_number ON public.handbook USING btree (office_id, number);
CREATE UNIQUE INDEX initiative_name ON public.initiative USING btree (office_id, name);
CREATE INDEX initiative_state ON public.initiative USING btree (office_id, state, id);
CREATE INDEX initiative_updated ON public.initiative USING btree (office_id, updated_at, id);
CREATE INDEX integration_office ON public.integration USING btree (office_id, id);
CREATE INDEX link_check_due ON public.link_check USING btree (due_at, id);
CREATE UNIQUE INDEX link_check_once ON public.link_check USING btree (office_id, url_hash);
CREATE INDEX media_hash ON public.media USING btree (office_id, sha256);
CREATE UNIQUE INDEX member_email ON public.member USING btree (office_id, email);
CREATE INDEX member_name ON public.member USING btree (office_id, name, id);
CREATE UNIQUE INDEX office_slug ON public.office USING btree (slug);
CREATE INDEX pause_current ON public.pause USING btree (office_id, id) WHERE (resumed_at IS NULL);
CREATE INDEX pause_office ON public.pause USING btree (office_id, id);
CREATE UNIQUE INDEX plan_approved ON public.plan USING btree (initiative_id) WHERE ((state)::text = 'APPROVED'::text);
CREATE UNIQUE INDEX plan_number ON public.plan USING btree (initiative_id, number);
CREATE INDEX post_channel_due ON public.post USING btree (channel_id, due_at, id);
CREATE INDEX post_checked ON public.post USING btree (office_id, checked_handbook_id, id) WHERE ((state)::text = ANY ((ARRAY['SCHEDULED'::character varying, 'RETRYING'::character varying, 'HELD'::character varying])::text[]));
CREATE INDEX post_draft ON public.post USING btree (draft_id, id);
CREATE INDEX post_due ON public.post USING btree (office_id, due_at, id);
CREATE INDEX post_held ON public.post USING btree (id) WHERE ((state)::text = 'HELD'::text);
CREATE UNIQUE INDEX post_in_flight ON public.post USING btree (channel_id) WHERE ((state)::text = 'SENDING'::text);
CREATE INDEX post_lease ON public.post USING btree (lease_until) WHERE (lease_until IS NOT NULL);
CREATE UNIQUE INDEX post_once ON public.post USING btree (revision_id, channel_id) WHERE (((state)::text <> 'CANCELLED'::text) AND ((state)::text <> 'MISSED'::text) AND ((state)::text <> 'REJECTED'::text) AND ((state)::text <> 'WITHDRAWN'::text));
CREATE INDEX post_ready ON public.post USING btree (channel_id, run_at, id) WHERE ((state)::text = ANY ((ARRAY['SCHEDULED'::character varying, 'RETRYING'::character varying])::text[]));
CREATE INDEX post_state ON public.post USING btree (office_id, state, due_at, id);
CREATE INDEX post_told ON public.post USING btree (channel_id, published_at, id) WHERE (published_at IS NOT NULL);
CREATE INDEX post_told_for ON public.post USING btree (initiative_id, channel_id) WHERE (published_at IS NOT NULL);
CREATE INDEX post_unconfirmed ON public.post USING btree (run_at, id) WHERE (((state)::text = 'UNCONFIRMED'::text) AND (NOT person_decides));
CREATE INDEX post_waiting ON public.post USING btree (missed_after) WHERE ((state)::text = ANY ((ARRAY['SCHEDULED'::character varying, 'RETRYING'::character varying, 'HELD'::character varying])::text[]));
CREATE INDEX review_draft ON public.review USING btree (draft_id, id);
CREATE INDEX review_revision ON public.review USING btree (revision_id, id);
CREATE UNIQUE INDEX revision_media_position ON public.revision_media USING btree (revision_id, "position");
CREATE UNIQUE INDEX revision_number ON public.revision USING btree (draft_id, number);
CREATE INDEX revision_target_channel ON public.revision_target USING btree (channel_id);
CREATE UNIQUE INDEX revision_target_once ON public.revision_target USING btree (revision_id, channel_id);
CREATE INDEX session_family ON public.session USING btree (family);
CREATE INDEX session_member ON public.session USING btree (member_id);
CREATE UNIQUE INDEX slot_once ON public.slot USING btree (channel_id, weekday, local_time, time_zone);
CREATE UNIQUE INDEX steward_current ON public.steward USING btree (channel_id, member_id) WHERE (until IS NULL);
CREATE INDEX steward_member ON public.steward USING btree (member_id);
CREATE UNIQUE INDEX waiver_once ON public.waiver USING btree (revision_id, finding_key) WHERE (revoked_at IS NULL);
CREATE INDEX waiver_rule ON public.waiver USING btree (office_id, rule, created_at);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT acknowledgement_handbook_id_fkey FOREIGN KEY (handbook_id) REFERENCES public.handbook(id);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT acknowledgement_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT acknowledgement_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.attestation
    ADD CONSTRAINT attestation_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.attestation
    ADD CONSTRAINT attestation_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.attestation
    ADD CONSTRAINT attestation_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.attestation
    ADD CONSTRAINT attestation_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT channel_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.channel_head
    ADD CONSTRAINT channel_head_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.channel_head
    ADD CONSTRAINT channel_head_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT channel_initiative_id_fkey FOREIGN KEY (initiative_id) REFERENCES public.initiative(id);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT channel_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT channel_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.client_key
    ADD CONSTRAINT client_key_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_initiative_id_fkey FOREIGN KEY (initiative_id) REFERENCES public.initiative(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_integration_id_fkey FOREIGN KEY (integration_id) REFERENCES public.integration(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.feed_entry
    ADD CONSTRAINT feed_entry_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.feed_entry
    ADD CONSTRAINT feed_entry_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_activated_by_fkey FOREIGN KEY (activated_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.initiative
    ADD CONSTRAINT initiative_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.initiative
    ADD CONSTRAINT initiative_manager_id_fkey FOREIGN KEY (manager_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.initiative
    ADD CONSTRAINT initiative_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.initiative
    ADD CONSTRAINT initiative_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.link_check
    ADD CONSTRAINT link_check_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_initiative_id_fkey FOREIGN KEY (initiative_id) REFERENCES public.initiative(id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_paused_by_fkey FOREIGN KEY (paused_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.pause
    ADD CONSTRAINT pause_resumed_by_fkey FOREIGN KEY (resumed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_initiative_id_fkey FOREIGN KEY (initiative_id) REFERENCES public.initiative(id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_initiative_id_fkey FOREIGN KEY (initiative_id) REFERENCES public.initiative(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_adviser_id_fkey FOREIGN KEY (adviser_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.revision_media
    ADD CONSTRAINT revision_media_media_id_fkey FOREIGN KEY (media_id) REFERENCES public.media(id);
ALTER TABLE ONLY public.revision_media
    ADD CONSTRAINT revision_media_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.revision_media
    ADD CONSTRAINT revision_media_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.revision_target
    ADD CONSTRAINT revision_target_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.revision_target
    ADD CONSTRAINT revision_target_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.revision_target
    ADD CONSTRAINT revision_target_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.steward
    ADD CONSTRAINT steward_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.channel(id);
ALTER TABLE ONLY public.steward
    ADD CONSTRAINT steward_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.steward
    ADD CONSTRAINT steward_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_office_id_fkey FOREIGN KEY (office_id) REFERENCES public.office(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES public.revision(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_waived_by_fkey FOREIGN KEY (waived_by) REFERENCES public.member(id);
