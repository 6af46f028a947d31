//! What can be asked for: help, completions and the man page come from these definitions.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use halter_engine::Semantics;
use halter_export::Target;
use halter_picture::svg::{Parts, Theme};

/// Halter plays LittleHorse workflows and shows why interrupts halt and resume their threads.
#[derive(Debug, Parser)]
#[command(
    name = "halter",
    version,
    arg_required_else_help = true,
    after_help = "A source is Halter's readable YAML or LittleHorse's own JSON (a PutWfSpecRequest, or a WfSpec as \
                  `lhctl get wfSpec` prints it). Start with:\n\n    halter check order.yaml\n    halter run order.yaml"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what is wrong with sources, and where.
    ///
    /// What a LittleHorse server would refuse is an error; what is probably not meant is a warning. The exit code
    /// is 0 if there is no error, 1 if there is one, and 2 if a file can't be read.
    #[command(
        after_help = "Examples:\n    halter check order.yaml\n    lhctl get wfSpec order | halter check -"
    )]
    Check {
        /// The sources; - is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How to print what was found.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Play a script of commands, and tell what happens and why.
    ///
    /// Without --script the commands are those that stand under `script:` in the source; without any, the workflow
    /// is run and nothing else. A command that the engine refuses is shown with the reason, and the play goes on:
    /// a refusal is a result. The exit code is 0 if the script could be played to its end, 1 if the source has
    /// errors or a command can't be read, and 2 if a file can't be read.
    #[command(
        after_help = "Examples:\n    halter run order.yaml\n    halter run order.yaml --script late-cancel.yaml --semantics server-1.2\n\n\
                      A script is a list of commands, in YAML or JSON, as it stands under script: in a source:\n\n    \
                      - run\n    - post: cancel\n      content: changed my mind\n    - pass: 30\n\n\
                      or as a recorded trace has them: [{\"runWf\": {}}, {\"passTime\": {\"seconds\": 30}}]"
    )]
    Run {
        /// The source; - is standard input.
        file: PathBuf,
        /// A file with the commands to play, instead of those in the source; - is standard input.
        #[arg(long)]
        script: Option<PathBuf>,
        /// The rules to play by.
        #[arg(long, value_enum, default_value_t = SemanticsName::Documented)]
        semantics: SemanticsName,
        /// How to print the run.
        #[arg(long, value_enum, default_value_t = RunFormat::Text)]
        format: RunFormat,
    },
    /// Try every order of what may come, and say what holds in all of them.
    ///
    /// A run is one history; this looks at all: each event may come at any time as often as its budget says, workers take
    /// and report tasks when they like, time passes. Each property is answered: it holds in every state that can be
    /// reached, or here is the shortest way to where it does not, as a script that `halter run` plays. The exit code is 0 if
    /// all hold, 1 if one fails or the source has errors, and 2 if a bound was met first or something can't be read.
    /// What is only noted (`note:`) does not change the exit code unless it is asked for with --property.
    #[command(after_help = "Examples:\n    halter explore order.yaml\n    \
                      halter explore order.yaml --budget cancel=2 --fail charge --stops 1\n    \
                      halter explore order.yaml --semantics server-1.2 --property can-finish -o stuck.yaml\n    \
                      halter run order.yaml --semantics server-1.2 --script stuck.yaml")]
    Explore(Box<Explore>),
    /// Play recorded traces and compare the engine with the server, step by step.
    ///
    /// Every `*.json` file below DIR is a trace that was recorded from a real LittleHorse server. Each is played
    /// under the semantics `server-1.2`, and those whose list of deviations is empty also under `documented`;
    /// with --semantics all are played under that one. The last line says how many matched; the exit code is 0
    /// only if all did.
    #[command(after_help = "Example:\n    halter conformance tests/traces")]
    Conformance {
        /// The folder with the traces.
        dir: PathBuf,
        /// Play all traces under these semantics.
        #[arg(long, value_enum)]
        semantics: Option<SemanticsName>,
    },
    /// Put a workflow on a LittleHorse cluster.
    ///
    /// StructDefs, TaskDefs, ExternalEventDefs, UserTaskDefs and WorkflowEventDefs are put first, then the WfSpec; each is told with what
    /// became of it. The cluster is the one that lhctl talks to (LHC_API_HOST and the other variables, or
    /// ~/.config/littlehorse.config). The exit code is 0 if all is there, 1 if the source has errors, the server refuses it or
    /// something else has one of the names, and 2 if a file can't be read or the cluster gives no answer.
    #[command(after_help = "Example:\n    LHC_API_PORT=12023 halter deploy order.yaml")]
    Deploy {
        /// The source; - is standard input.
        file: PathBuf,
    },
    /// Play a script on a LittleHorse cluster, and print what the server did as a trace.
    ///
    /// The workflow is deployed, and each command is followed by the whole state once the cluster is at rest. Workers do the
    /// tasks that the script does not claim or report itself, as `simulate:` says. Time passes in earnest. The trace is in the
    /// form of the recorded ones: `halter conformance` compares it with Halter. The exit code is 0 if it was played, 1 if the
    /// source or the script can't be, and 2 if a file can't be read or written or the cluster gives no answer.
    #[command(
        after_help = "Examples:\n    halter play order.yaml -o traces/order.json && halter conformance traces --semantics server-1.2\n    \
                      halter play order.yaml --script late-cancel.yaml --new-tenant"
    )]
    Play(Box<Play>),
    /// Print a WfRun of a LittleHorse cluster in the form of the recorded traces.
    ///
    /// It is one JSON object: the state as it is now, with NodeRuns, TaskRuns, variables and events, and the WfSpec with what it
    /// refers to, if the server still has them; then also a script that may have led there, and whether it does in Halter. The exit code is 0 if it was printed, and 2 if there is no such WfRun or the
    /// cluster gives no answer.
    #[command(after_help = "Example:\n    halter record 3f7a0c -o found.json")]
    Record {
        /// The WfRun's id.
        wf_run: String,
        /// Where to write it; without it, to standard output.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Write a workflow as LittleHorse's JSON, as readable source, or as code for an SDK.
    ///
    /// The source that is written has statements where the graph of nodes is made of branches and loops, and nodes and
    /// edges elsewhere; reading it again gives the same workflow. What a target can't say is an error that says where and
    /// why; nothing is written then. The exit code is 0 if it was written, 1 if the file has errors or the target can't
    /// say it, and 2 if a file can't be read or written.
    #[command(
        after_help = "Examples:\n    halter export --to source order.json -o order.yaml\n    \
                      lhctl get wfSpec order | halter export --to source -\n    \
                      halter export --to json order.yaml -o order.json && lhctl deploy wfSpec order.json"
    )]
    Export {
        /// What to write.
        #[arg(long, value_enum)]
        to: TargetName,
        /// The source, or LittleHorse's JSON; - is standard input.
        file: PathBuf,
        /// Which of the source's workflows, by name; without it, its own. The readable source is always the whole.
        #[arg(long, value_name = "NAME")]
        workflow: Option<String>,
        /// Where to write it; without it, to standard output.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Draw a moment of a run as SVG.
    ///
    /// The script is played as `halter run` plays it; --at says how many of its commands. The picture has its colours inside
    /// and is to be read on a light and on a dark ground. The exit code is 0 if it was drawn, 1 if the source has errors or
    /// there is no such step, and 2 if a file can't be read or written.
    #[command(after_help = "Examples:\n    halter draw order.yaml -o order.svg\n    \
                      halter draw order.yaml --at 3 --what both --theme dark -o halted.svg")]
    Draw {
        /// The source; - is standard input.
        file: PathBuf,
        /// How many commands of the script are played; without it, all.
        #[arg(long, value_name = "STEP")]
        at: Option<usize>,
        /// A file with the commands to play, instead of those in the source; - is standard input.
        #[arg(long)]
        script: Option<PathBuf>,
        /// The rules to play by.
        #[arg(long, value_enum, default_value_t = SemanticsName::Documented)]
        semantics: SemanticsName,
        /// What to draw.
        #[arg(long, value_enum, default_value_t = PartsName::Graph)]
        what: PartsName,
        /// The ground that it is for.
        #[arg(long, value_enum, default_value_t = ThemeName::Auto)]
        theme: ThemeName,
        /// Where to write it; without it, to standard output.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Make playgrounds of fences in a book: a preprocessor for mdBook.
    ///
    /// mdBook calls it and gives it the book. A fence called `halter`, with options behind the word as in
    /// ```halter title="An order" step=3 panels=graph,controls semantics=server-1.2 theme=dark read-only on-press
    /// becomes a playground, which is loaded when a reader comes near it. A mistake is told with chapter and line, and
    /// nothing is built. The exit code is 0 if all is well, 1 if not, and 2 if the book can't be read.
    #[command(
        after_help = "In book.toml:\n    [preprocessor.halter]\n    command = \"halter mdbook\"\n    \
                      playground = \"https://halter.example/\""
    )]
    Mdbook {
        #[command(subcommand)]
        question: Option<MdbookQuestion>,
    },
    /// Print completions for a shell.
    #[command(
        after_help = "Example:\n    halter completions bash > ~/.local/share/bash-completion/completions/halter"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the man page.
    #[command(
        after_help = "Examples:\n    halter man > halter.1 && man ./halter.1\n    halter man run | man -l -"
    )]
    Man {
        /// The command whose page it is; without it the page is about them all.
        command: Option<String>,
    },
}

/// What mdBook asks before it hands a book over.
#[derive(Debug, Subcommand)]
pub(crate) enum MdbookQuestion {
    /// Say by the exit code whether books for this renderer are of interest: html is.
    Supports {
        /// The renderer's name.
        renderer: String,
    },
}

/// What is played on a cluster, and how.
#[derive(Debug, Args)]
pub(crate) struct Play {
    /// The source; - is standard input.
    pub(crate) file: PathBuf,
    /// A file with the commands to play, instead of those in the source; - is standard input.
    #[arg(long)]
    pub(crate) script: Option<PathBuf>,
    /// No workers: tasks that the script does not claim stay scheduled.
    #[arg(long)]
    pub(crate) no_workers: bool,
    /// In a tenant of its own, which is made for it: nothing else has its names.
    #[arg(long)]
    pub(crate) new_tenant: bool,
    /// The longest that a command of the script may let pass, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) longest_wait: u64,
    /// Where to write the trace; without it, to standard output.
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
}

/// What is explored, and how far.
#[derive(Debug, Args)]
pub(crate) struct Explore {
    /// The source; - is standard input.
    pub(crate) file: PathBuf,
    /// The rules to play by.
    #[arg(long, value_enum, default_value_t = SemanticsName::Documented)]
    pub(crate) semantics: SemanticsName,
    /// Ask only this property; can be given more than once.
    #[arg(long, value_name = "PROPERTY")]
    pub(crate) property: Vec<String>,
    /// How often an event may come, such as cancel=2 (usually once); all=0 is for every event.
    #[arg(long, value_name = "EVENT=N")]
    pub(crate) budget: Vec<String>,
    /// A payload of an event, such as paid=12, instead of those of the script; can be given more than once.
    #[arg(long, value_name = "EVENT=VALUE")]
    pub(crate) payload: Vec<String>,
    /// A task that may also fail with TASK_FAILURE; all is every task.
    #[arg(long, value_name = "TASK")]
    pub(crate) fail: Vec<String>,
    /// An EXCEPTION that a task may throw, such as charge=card-declined.
    #[arg(long, value_name = "TASK=NAME")]
    pub(crate) throw: Vec<String>,
    /// How often a ThreadRun may be stopped by hand; what was stopped may be resumed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) stops: u8,
    /// How often a failed ThreadRun may be rescued.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rescues: u8,
    /// Forms may also be cancelled.
    #[arg(long)]
    pub(crate) cancel_forms: bool,
    /// Child workflows may also fail: with ERROR, and with each EXCEPTION that a handler names.
    #[arg(long)]
    pub(crate) fail_child_wfs: bool,
    /// A worker reports a task at once when it takes it: nothing comes between.
    #[arg(long)]
    pub(crate) no_delay: bool,
    /// Time stands still: nothing times out, nobody wakes up.
    #[arg(long)]
    pub(crate) no_time: bool,
    /// Orders that are known to come to the same are tried as well: it takes longer, and no answer is another.
    #[arg(long)]
    pub(crate) no_reduction: bool,
    /// The most states that are looked at.
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) states: usize,
    /// The most memory of the whole process, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 2_048)]
    pub(crate) memory: usize,
    /// Threads of this machine that work, at most 1024; without it, all.
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Print for programs.
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the first counter-example there, as a script; nothing is written if there is none.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum TargetName {
    /// A PutWfSpecRequest, what `lhctl deploy wfSpec` takes.
    Json,
    /// Halter's readable source.
    Source,
    /// Python for littlehorse-client; get_workflow() returns the Workflow.
    Python,
    /// Java for io.littlehorse:littlehorse-client.
    Java,
}

impl From<TargetName> for Target {
    fn from(name: TargetName) -> Self {
        match name {
            TargetName::Json => Target::Json,
            TargetName::Source => Target::Source,
            TargetName::Python => Target::Python,
            TargetName::Java => Target::Java,
        }
    }
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How to print a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunFormat {
    /// What happened and why, for people.
    Text,
    /// The same for programs.
    Json,
    /// As a recorded trace, which `halter conformance` plays.
    Trace,
    /// The fragment of a link that opens the run in a playground: put it behind the playground's address.
    Link,
    /// A Mermaid state diagram of the state at the end.
    MermaidState,
    /// A Mermaid sequence diagram of the run.
    MermaidSequence,
    /// A Graphviz graph of the state at the end.
    Graphviz,
}

/// The rules to play by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SemanticsName {
    /// The rules as LittleHorse's documentation promises them.
    Documented,
    /// The rules as LittleHorse server 1.2.1 follows them.
    #[value(name = "server-1.2")]
    Server12,
}

impl From<SemanticsName> for Semantics {
    fn from(name: SemanticsName) -> Self {
        match name {
            SemanticsName::Documented => Semantics::DOCUMENTED,
            SemanticsName::Server12 => Semantics::SERVER_1_2,
        }
    }
}

/// More threads than this help nobody, and a machine may refuse them.
const MOST_THREADS: usize = 1024;

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().map_err(|error| error.to_string())?;
    if number.get() > MOST_THREADS {
        return Err(format!("at most {MOST_THREADS}"));
    }
    Ok(number)
}

/// What a picture shows, as it is called on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PartsName {
    /// The ThreadRuns and their nodes.
    Graph,
    /// The statuses of the ThreadRuns over the steps.
    Timeline,
    /// One beneath the other.
    Both,
}

impl From<PartsName> for Parts {
    fn from(name: PartsName) -> Self {
        match name {
            PartsName::Graph => Parts::Graph,
            PartsName::Timeline => Parts::Timeline,
            PartsName::Both => Parts::Both,
        }
    }
}

/// The ground that a picture is for, as it is called on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ThemeName {
    /// Whichever the reader's system has.
    Auto,
    /// A light one.
    Light,
    /// A dark one.
    Dark,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Auto => Theme::Auto,
            ThemeName::Light => Theme::Light,
            ThemeName::Dark => Theme::Dark,
        }
    }
}
