//! What a version would do is what it then does; asking costs the same however much is asked about, and changes nothing.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use entity::post::PostState;
use office::{RefusalCode, handbooks};

use super::{QUIET, SHOUTED, activate, propose, published, queued, refusal, strict};
use crate::support::{
    desk::{Desk, permit},
    engine::{Engine, engines},
};

#[tokio::test]
async fn what_would_be_held_is_what_is_held_then() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let out = published(&desk, SHOUTED).await;
        published(&desk, QUIET).await;
        let mut loud = vec![
            queued(&desk, "We won another award!!!").await,
            queued(&desk, "REGISTER NOW BEFORE IT IS TOO LATE").await,
        ];
        queued(&desk, "The clinic in Terrace opens on Monday.").await;
        let proposal = propose(&desk, strict).await;
        let coordinator = permit(&desk.coordinator);
        let test = handbooks::back_test(&desk.office, &coordinator, proposal.id, 100).await.unwrap();
        let mut told: Vec<_> = test.queued.newly_blocked.iter().map(|verdict| verdict.post.id).collect();
        told.sort_unstable();
        loud.sort_unstable();
        assert_eq!((&told, test.queued.checked, test.queued.more), (&loud, 3, false));
        assert_eq!(test.queued.newly_blocked[0].findings[0].finding.clause, "GP2");
        let was: Vec<_> = test.published.newly_blocked.iter().map(|verdict| verdict.post.id).collect();
        assert_eq!((was, test.published.checked), (vec![out], 2));
        let rule = test.rules.iter().find(|count| count.rule == "GP2.shouting").unwrap();
        assert_eq!((rule.blocked_before, rule.blocked_after), (0, 3));
        assert_eq!((rule.found_before, rule.found_after), (3, 3));
        for id in &loud {
            assert_eq!(desk.post(*id).await.state, PostState::Scheduled, "asking holds nothing");
        }
        assert_eq!(activate(&desk, proposal.id).await.rechecked.held, loud.len());
        for id in loud {
            assert_eq!(desk.post(id).await.state, PostState::Held);
        }
        let back = propose(&desk, |document| {
            super::rule(document, "GP2.shouting").severity = guidelines::Severity::Warn;
        })
        .await;
        let test = handbooks::back_test(&desk.office, &coordinator, back.id, 1).await.unwrap();
        assert_eq!((test.queued.now_passing.len(), test.queued.newly_blocked.len()), (2, 0));
        assert!(test.published.more && test.published.checked == 1);
    }
}

#[tokio::test]
async fn a_back_test_takes_as_many_statements_for_many_posts_as_for_one() {
    let statements = Arc::new(AtomicUsize::new(0));
    let desk = Desk::counted(&Engine::Sqlite, Some(1), Some(Arc::clone(&statements))).await;
    let proposal = propose(&desk, strict).await;
    let ask = async || {
        let before = statements.load(Ordering::SeqCst);
        let coordinator = permit(&desk.coordinator);
        handbooks::back_test(&desk.office, &coordinator, proposal.id, 100).await.unwrap();
        statements.load(Ordering::SeqCst) - before
    };
    queued(&desk, SHOUTED).await;
    ask().await;
    let one = ask().await;
    for number in 0..12 {
        queued(&desk, &format!("Clinic {number} opens on Monday.")).await;
    }
    let many = ask().await;
    assert!(one > 0 && many <= one + 1 && many <= 30, "{one} statements for one post, {many} for thirteen");
    for wrong in [-1, 501] {
        let coordinator = permit(&desk.coordinator);
        let refused = handbooks::back_test(&desk.office, &coordinator, proposal.id, wrong).await;
        assert_eq!(refusal(refused).code, RefusalCode::Invalid);
    }
}
