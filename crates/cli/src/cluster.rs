//! `halter deploy`, `halter play` and `halter record`: what is done on a LittleHorse cluster.

use std::path::Path;
use std::sync::Arc;

use halter_cluster::{Cluster, Configuration, Error, Way};

use crate::answer::{Answer, NO, OK};
use crate::arguments::Play;
use crate::{input, play};

/// Puts a document on the cluster.
pub(crate) fn deploy(file: &Path) -> Answer {
    let read = input::read(file)
        .map_err(|()| Answer::unknown())
        .and_then(|source| play::read(&input::name(file), &source, None));
    let document = match read {
        Ok((document, _)) => document,
        Err(answer) => return answer,
    };
    match connect().and_then(|cluster| halter_cluster::deploy(&cluster, &document)) {
        Ok(deployed) => {
            let well = !deployed.has_conflicts() && deployed.rejected.is_none();
            Answer { text: deployed.to_string(), code: if well { OK } else { NO } }
        }
        Err(error) => complain(&error),
    }
}

/// Plays a script there.
pub(crate) fn play(arguments: &Play) -> Answer {
    let read = input::read(&arguments.file).map_err(|()| Answer::unknown()).and_then(|text| {
        play::read(&input::name(&arguments.file), &text, arguments.script.as_deref())
    });
    let (document, lines) = match read {
        Ok((document, lines)) => (Arc::new(document), lines),
        Err(answer) => return answer,
    };
    let way = Way { workers: !arguments.no_workers, longest_wait: arguments.longest_wait };
    let tenant = arguments.new_tenant.then(halter_cluster::new_id);
    let played = connect().and_then(|mut cluster| {
        if let Some(tenant) = &tenant {
            cluster.enter_new_tenant(tenant)?;
        }
        let deployed = halter_cluster::deploy_to_play(&cluster, &document, &lines)?;
        if deployed.has_conflicts() {
            return Ok(Err(deployed));
        }
        for stand_in in &deployed.stand_ins {
            let name = stand_in.name();
            eprintln!("note: WfSpec {name} is a stand-in, which ends as the script says");
        }
        halter_cluster::play(&cluster, &document, &deployed, &lines, &way).map(Ok)
    });
    match played {
        Ok(Ok(played)) => {
            match &tenant {
                Some(tenant) => eprintln!("WfRun {} in tenant {tenant}", played.wf_run),
                None => eprintln!("WfRun {}", played.wf_run),
            }
            for note in &played.notes {
                eprintln!("note: {note}");
            }
            Answer::written(format!("{:#}\n", played.trace), arguments.output.as_deref())
        }
        Ok(Err(conflicts)) => Answer::refused(&format!(
            "{conflicts}--new-tenant plays where nothing has these names\n"
        )),
        Err(error) => complain(&error),
    }
}

/// Prints a WfRun that is there.
pub(crate) fn record(wf_run: &str, output: Option<&Path>) -> Answer {
    match connect().and_then(|cluster| halter_cluster::record(&cluster, wf_run)) {
        Ok(recorded) => Answer::written(format!("{recorded:#}\n"), output),
        Err(error) => complain(&error),
    }
}

fn connect() -> Result<Cluster, Error> {
    Cluster::connect(&Configuration::read()?)
}

fn complain(error: &Error) -> Answer {
    eprintln!("{error}");
    match error {
        Error::Script(_) => Answer { text: String::new(), code: NO },
        _ => Answer::unknown(),
    }
}
