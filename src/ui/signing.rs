//! A signature of the SSH agent that is waited for beside the screens: the agent may ask its owner first.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::actions::sign_off::Request;
use crate::model::problem::Problem;
use crate::sync::keys::{MachinePublicKey, Purpose};
use crate::sync::ssh_keygen::{Agent, AgentSignature};

/// A signature that is waited for.
pub struct Signing {
    /// What is signed.
    pub request: Request,
    news: Receiver<Result<AgentSignature, Problem>>,
}

impl Signing {
    /// Has an agent sign a statement with one of its keys. The thread ends by itself: the agent is not waited for forever.
    pub fn begin(
        request: Request,
        agent: Agent,
        key: MachinePublicKey,
        statement: String,
    ) -> Result<Self, Problem> {
        let (tell, news) = channel();
        // Nobody listens any more when it was given up: nothing is signed then.
        let work = move || drop(tell.send(agent.sign(&key, Purpose::SignOff, statement.as_bytes())));
        let thread = thread::Builder::new().name("signing".to_owned()).spawn(work);
        thread.map_err(|error| refused(&error))?;
        Ok(Self { request, news })
    }

    /// Listens for the signature, at most so long.
    pub fn ended(&self, patience: Duration) -> Option<Result<AgentSignature, Problem>> {
        match self.news.recv_timeout(patience) {
            Ok(ended) => Some(ended),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(refused(&"–"))),
        }
    }
}

fn refused(error: &dyn std::fmt::Display) -> Problem {
    Problem::new("agent-refused").with("error", error)
}
