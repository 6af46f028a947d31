//! A connection, and what is asked through it: JSON in, JSON out, in the form that LittleHorse's messages have as JSON.

use std::time::Duration;

use http::uri::PathAndQuery;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, MethodDescriptor};
use serde_json::{Value as Json, json};
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};
use tokio_stream::{Stream, StreamExt as _};
use tonic::client::Grpc;
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status};

use crate::codec::DynamicCodec;
use crate::configuration::Configuration;
use crate::descriptors;
use crate::error::{Error, Result};
use crate::tokens::Tokens;

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// How long an answer may take.
const ANSWERING: Duration = Duration::from_secs(20);

/// How often a call is made that finds the server unavailable: it says so while its partitions move.
const TRIES: u32 = 5;

/// Before the second try; twice as long before each one after it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// A WfRun with many ThreadRuns is large.
const LARGEST_ANSWER: usize = 64 << 20;

/// How often is looked whether a new tenant is known.
const TENANT_LOOKS: u32 = 50;

const SERVICE: &str = "littlehorse.LittleHorse";

/// A LittleHorse cluster that answers.
#[derive(Debug)]
pub struct Cluster {
    runtime: Runtime,
    channel: Channel,
    pool: DescriptorPool,
    tenant: Option<AsciiMetadataValue>,
    tokens: Option<Tokens>,
    address: String,
}

impl Cluster {
    /// Connects, and asks for the version.
    ///
    /// # Errors
    /// If nobody answers, or somebody whom Halter does not understand.
    pub fn connect(configuration: &Configuration) -> Result<Self> {
        let pool = descriptors::pool()?;
        let address = configuration.address();
        let unreachable = |why: &dyn std::error::Error| Error::Unreachable {
            address: address.clone(),
            why: innermost(why),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| unreachable(&error))?;
        let endpoint = endpoint(configuration)?;
        let channel = runtime.block_on(endpoint.connect()).map_err(|error| unreachable(&error))?;
        let tenant = configuration.tenant.as_deref().map(|tenant| {
            tenant.parse().map_err(|_| {
                Error::Configuration(format!("LHC_TENANT_ID can't be sent: {tenant:?}"))
            })
        });
        let tenant = tenant.transpose()?;
        let tokens = configuration.oauth.clone().map(Tokens::of);
        let cluster = Cluster { runtime, channel, pool, tenant, tokens, address };
        cluster.check_version()?;
        Ok(cluster)
    }

    /// Its version, such as 1.2.1.
    ///
    /// # Errors
    /// If it does not say.
    pub fn version(&self) -> Result<String> {
        let said = self.call("GetServerVersion", &json!({}))?;
        let part = |name: &str| said.get(name).and_then(Json::as_u64).unwrap_or(0);
        let (major, minor, patch) =
            (part("majorVersion"), part("minorVersion"), part("patchVersion"));
        Ok(format!("{major}.{minor}.{patch}"))
    }

    fn check_version(&self) -> Result<()> {
        let found = match self.version() {
            Err(Error::Refused { code: Code::Unimplemented, .. }) => {
                "of an unknown version".to_owned()
            }
            version => version?,
        };
        let mut parts = found.split('.').map(|part| part.parse::<u32>().ok());
        match (parts.next().flatten(), parts.next().flatten()) {
            (Some(1), Some(minor)) if minor >= 2 => Ok(()),
            _ => Err(Error::Version { found }),
        }
    }

    /// Makes a tenant and goes on in it.
    ///
    /// # Errors
    /// If the server makes none.
    pub fn enter_new_tenant(&mut self, name: &str) -> Result<()> {
        let tenant = name
            .parse()
            .map_err(|_| Error::Configuration(format!("{name:?} can't be the name of a tenant")))?;
        self.call("PutTenant", &json!({ "id": name }))?;
        self.tenant = Some(tenant);
        // Every instance hears of it in its own time; who comes too early is told that there is no such tenant.
        for _ in 0..TENANT_LOOKS {
            let heard = self.find("GetTaskDef", &json!({ "name": "halter" }));
            if heard.is_ok() {
                break;
            }
            self.wait(FIRST_PAUSE);
        }
        Ok(())
    }

    /// Asks once and gets one answer.
    pub(crate) fn call(&self, method: &'static str, request: &Json) -> Result<Json> {
        let (descriptor, message) = self.request(method, request)?;
        let mut pause = FIRST_PAUSE;
        let mut may_be_stale = self.tokens.is_some();
        for tries_left in (0..TRIES).rev() {
            let request = self.dressed(message.clone())?;
            match self.runtime.block_on(self.unary(&descriptor, request)) {
                Ok(Ok(answer)) => return to_json(method, &answer),
                Ok(Err(status)) if status.code() == Code::Unavailable && tries_left > 0 => {
                    self.wait(pause);
                    pause *= 2;
                }
                Ok(Err(status)) if status.code() == Code::Unavailable => {
                    let address = self.address.clone();
                    return Err(Error::Unreachable { address, why: status.message().to_owned() });
                }
                // A token may have been taken back before its end: another one is asked for, once.
                Ok(Err(status)) if status.code() == Code::Unauthenticated && may_be_stale => {
                    self.tokens.iter().for_each(Tokens::forget);
                    may_be_stale = false;
                }
                Ok(Err(status)) => return Err(Error::refused(method, &status)),
                Err(_) => return Err(Error::Late { method, seconds: ANSWERING.as_secs() }),
            }
        }
        Err(Error::Late { method, seconds: ANSWERING.as_secs() })
    }

    /// The answer, or nothing if there is no such thing.
    pub(crate) fn find(&self, method: &'static str, request: &Json) -> Result<Option<Json>> {
        match self.call(method, request) {
            Err(error) if error.code() == Some(Code::NotFound) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// Begins a conversation with one message, and returns the first answer; `None` if there is none within that time.
    pub(crate) fn first_answer(
        &self,
        method: &'static str,
        request: &Json,
        within: Duration,
    ) -> Result<Option<Json>> {
        let (descriptor, message) = self.request(method, request)?;
        // Who falls silent is still there: the server would take an end for a farewell.
        let said = tokio_stream::once(message).chain(tokio_stream::pending());
        let talk = self.conversation(&descriptor, self.dressed(said)?);
        let answer = self.runtime.block_on(async { timeout(within, talk).await });
        match answer {
            Ok(Ok(Some(answer))) => to_json(method, &answer).map(Some),
            Ok(Ok(None)) | Err(_) => Ok(None),
            Ok(Err(status)) => Err(Error::refused(method, &status)),
        }
    }

    /// Lets time pass; the connection goes on meanwhile.
    pub(crate) fn wait(&self, time: Duration) {
        // A timer is made within the runtime.
        self.runtime.block_on(async { sleep(time).await });
    }

    async fn unary(
        &self,
        method: &MethodDescriptor,
        request: Request<DynamicMessage>,
    ) -> std::result::Result<std::result::Result<DynamicMessage, Status>, tokio::time::error::Elapsed>
    {
        timeout(ANSWERING, async {
            let mut grpc = self.grpc().await?;
            let codec = DynamicCodec(method.output());
            let answer = grpc.unary(request, path(method)?, codec).await?;
            Ok(answer.into_inner())
        })
        .await
    }

    async fn conversation(
        &self,
        method: &MethodDescriptor,
        said: Request<impl Stream<Item = DynamicMessage> + Send + 'static>,
    ) -> std::result::Result<Option<DynamicMessage>, Status> {
        let mut grpc = self.grpc().await?;
        let codec = DynamicCodec(method.output());
        let answers = grpc.streaming(said, path(method)?, codec).await?;
        answers.into_inner().message().await
    }

    async fn grpc(&self) -> std::result::Result<Grpc<Channel>, Status> {
        let mut grpc = Grpc::new(self.channel.clone()).max_decoding_message_size(LARGEST_ANSWER);
        grpc.ready().await.map_err(|error| Status::unavailable(innermost(&error)))?;
        Ok(grpc)
    }

    /// With what goes along with every request.
    fn dressed<T>(&self, message: T) -> Result<Request<T>> {
        let mut request = Request::new(message);
        if let Some(tenant) = &self.tenant {
            request.metadata_mut().insert("tenantid", tenant.clone());
        }
        if let Some(tokens) = &self.tokens {
            request.metadata_mut().insert("authorization", tokens.authorization()?);
        }
        Ok(request)
    }

    fn request(
        &self,
        name: &'static str,
        request: &Json,
    ) -> Result<(MethodDescriptor, DynamicMessage)> {
        let service = self.pool.get_service_by_name(SERVICE);
        let method = service.and_then(|service| service.methods().find(|m| m.name() == name));
        let unknown = || Error::BadDescriptors(format!("there is no method {name}"));
        let method = method.ok_or_else(unknown)?;
        let message = from_json(name, method.input(), request)?;
        Ok((method, message))
    }
}

fn endpoint(configuration: &Configuration) -> Result<Endpoint> {
    let unusable = |what: &str, why: &dyn std::error::Error| {
        Error::Configuration(format!("{what}: {}", innermost(why)))
    };
    let scheme = if configuration.tls.is_some() { "https" } else { "http" };
    let address = format!("{scheme}://{}", configuration.address());
    let endpoint =
        Endpoint::from_shared(address).map_err(|error| unusable("LHC_API_HOST", &error))?;
    let endpoint = endpoint.connect_timeout(CONNECTING);
    let Some(tls) = &configuration.tls else {
        return Ok(endpoint);
    };
    let mut settings = ClientTlsConfig::new();
    settings = match &tls.ca {
        Some(ca) => settings.ca_certificate(Certificate::from_pem(ca)),
        None => settings.with_native_roots(),
    };
    if let Some((certificate, key)) = &tls.identity {
        settings = settings.identity(Identity::from_pem(certificate, key));
    }
    endpoint
        .tls_config(settings)
        .map_err(|error| unusable("the certificates can't be used", &error))
}

fn path(method: &MethodDescriptor) -> std::result::Result<PathAndQuery, Status> {
    let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
    path.parse().map_err(|_| Status::internal(path))
}

fn from_json(
    method: &'static str,
    descriptor: MessageDescriptor,
    json: &Json,
) -> Result<DynamicMessage> {
    DynamicMessage::deserialize(descriptor, json)
        .map_err(|error| Error::Message { method, why: error.to_string() })
}

fn to_json(method: &'static str, message: &DynamicMessage) -> Result<Json> {
    serde_json::to_value(message).map_err(|error| Error::Message { method, why: error.to_string() })
}

/// What lies at the bottom of a chain of errors: the rest says that there is one.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
