//! The first start: stopped at any moment it leaves nothing half done, and several may begin it at once.

use std::{process::Stdio, time::Duration};

use crate::support::{
    engine::{Engine, engines},
    program::Deployment,
};

#[tokio::test]
async fn a_start_that_was_killed_while_it_made_the_tables_is_gone_on_with() {
    for moment in 1_u64.. {
        let deployment = Deployment::fresh(&Engine::Sqlite).await;
        let mut child = deployment.command(&["migrate"]).stderr(Stdio::null()).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(40 * moment)).await;
        let over = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        deployment.run(&["migrate"]);
        assert_eq!(deployment.run(&["migrate"])["migrations"], 0);
        if over {
            break;
        }
    }
}

#[tokio::test]
async fn of_several_that_start_at_once_one_makes_the_tables() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let begin = |_| deployment.command(&["migrate"]).stderr(Stdio::piped()).spawn().unwrap();
        let children: Vec<_> = (0..4).map(begin).collect();
        for child in children {
            let ended = child.wait_with_output().unwrap();
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        assert_eq!(deployment.run(&["migrate"])["migrations"], 0);
    }
}
