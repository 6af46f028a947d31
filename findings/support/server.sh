# A LittleHorse server 1.2.1 of one's own, for the scripts beside this folder: they source this file.
#
# `start_server` starts Kafka 4.1.0 and the server, both from Maven Central, in the folder "$folder" and on ports that are free, and
# sets `server` to the server's address. `stop_server` ends both. `run_python FILE` runs a program with LittleHorse's Python SDK
# 1.3.0; beside it lies `runs.py`, whose `run` plays one workflow and says how it ended.
#
# `compare SEEN WANTED` prints what was seen, and fails if that isn't what was wanted.
#
# It needs a JDK 25 or later, Maven and Python 3. Maven keeps what it downloads, about 150 MB, in its usual place.

find_java() {
  local home
  for home in "${JAVA_25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ "$(java_version "$home/bin/java")" -ge 25 ]; then
      java="$home/bin/java"
      return
    fi
  done
  echo "A LittleHorse server 1.2.1 needs a JDK 25 or later: set JAVA_25_HOME to one." >&2
  exit 2
}

java_version() {
  "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

# Copies an artifact (group:artifact:version, several of them) and all that it depends on into a folder.
jars() {
  local to="$1" artifact
  shift
  mkdir -p "$folder/pom"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><dependencies>'
    for artifact in "$@"; do
      IFS=: read -r group name version <<< "$artifact"
      echo "<dependency><groupId>$group</groupId><artifactId>$name</artifactId><version>$version</version></dependency>"
    done
    echo '</dependencies></project>'
  } > "$folder/pom/pom.xml"
  mvn --quiet --batch-mode --file "$folder/pom/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$to" \
    > "$folder/maven.log" 2>&1 || { cat "$folder/maven.log"; exit 1; }
}

# As many ports that nobody listens at as are asked for.
free_ports() {
  python3 - "$1" <<'PROGRAM'
import socket, sys

sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for each in sockets:
    each.bind(("127.0.0.1", 0))
print(*[each.getsockname()[1] for each in sockets])
PROGRAM
}

start_server() {
  find_java
  # Kafka and the server each bring the kafka-clients that they were built with, and can't share one.
  jars "$folder/kafka-jars" org.apache.kafka:kafka-server:4.1.0 org.apache.kafka:kafka_2.13:4.1.0 org.apache.kafka:kafka-tools:4.1.0
  jars "$folder/server-jars" io.littlehorse:littlehorse-server:1.2.1

  local broker controller api internal health
  read -r broker controller api internal health <<< "$(free_ports 5)"
  cat > "$folder/kafka.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:$controller
listeners=PLAINTEXT://localhost:$broker,CONTROLLER://localhost:$controller
advertised.listeners=PLAINTEXT://localhost:$broker
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$folder/kafka
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
PROPERTIES
  "$java" -cp "$folder/kafka-jars/*" kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qk -c "$folder/kafka.properties" \
    > "$folder/format.log" 2>&1 || { cat "$folder/format.log"; exit 1; }
  "$java" -Xmx512m -cp "$folder/kafka-jars/*" kafka.Kafka "$folder/kafka.properties" > "$folder/kafka.log" 2>&1 &
  kafka_process=$!

  LHS_KAFKA_BOOTSTRAP_SERVERS=localhost:$broker LHS_CLUSTER_ID=finding LHS_INSTANCE_ID=1 \
    LHS_REPLICATION_FACTOR=1 LHS_CLUSTER_PARTITIONS=1 LHS_CORE_STREAM_THREADS=1 LHS_STREAMS_NUM_STANDBY_REPLICAS=0 \
    LHS_SHOULD_CREATE_TOPICS=true LHS_STATE_DIR="$folder/state" LHS_HEALTH_SERVICE_PORT=$health \
    LHS_INTERNAL_BIND_PORT=$internal LHS_INTERNAL_ADVERTISED_PORT=$internal LHS_INTERNAL_ADVERTISED_HOST=localhost \
    LHS_LISTENERS=PLAIN:$api LHS_LISTENERS_PROTOCOL_MAP=PLAIN:PLAIN LHS_ADVERTISED_LISTENERS=PLAIN://localhost:$api \
    "$java" -Xmx1g -Duser.language=en -Duser.country=US -cp "$folder/server-jars/*" io.littlehorse.App > "$folder/server.log" 2>&1 &
  server_process=$!
  server="localhost:$api"

  local second
  for second in $(seq 180); do
    if curl --silent --fail --max-time 1 "http://localhost:$health/liveness" > /dev/null; then
      return
    fi
    sleep 1
  done
  tail -n 20 "$folder/kafka.log" "$folder/server.log"
  echo "the server has not started within $second seconds" >&2
  exit 1
}

stop_server() {
  local process
  for process in "${server_process:-}" "${kafka_process:-}"; do
    if [ -n "$process" ]; then
      kill "$process" 2> /dev/null || true
      wait "$process" 2> /dev/null || true
    fi
  done
}

run_python() {
  if [ ! -d "$folder/venv" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0
    cat > "$folder/runs.py" <<'PROGRAM'
import itertools
import os
import time

import grpc
from google.protobuf.json_format import MessageToDict
from littlehorse.model import ListNodeRunsRequest, ListVariablesRequest, LHStatus, RunWfRequest, VariableValue, WfRunId
from littlehorse.model.service_pb2_grpc import LittleHorseStub
from littlehorse.utils import to_variable_value
from littlehorse.workflow import Workflow

server = LittleHorseStub(grpc.insecure_channel(os.environ["SERVER"]))
numbers = itertools.count(1)


def patiently(call, request):
    """What was put is there for all calls only a moment later, and a new server needs a while for its first call."""
    for _ in range(120):
        try:
            return call(request)
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.UNAVAILABLE):
                raise
            time.sleep(0.5)
    return call(request)


def as_value(value):
    return value if isinstance(value, VariableValue) else to_variable_value(value)


def run(name, entrypoint, variables=None, change=None):
    """Registers a workflow under a name of its own, runs it to its end, and returns its status, its variables and its failures.

    `change` may change the compiled ThreadSpec.
    """
    name = f"{name}-{next(numbers)}"
    spec = Workflow(name, entrypoint).compile()
    if change is not None:
        change(spec.thread_specs["entrypoint"])
    patiently(server.PutWfSpec, spec)
    inputs = {key: as_value(value) for key, value in (variables or {}).items()}
    wf_run = patiently(server.RunWf, RunWfRequest(wf_spec_name=name, variables=inputs)).id
    for _ in range(120):
        status = patiently(server.GetWfRun, wf_run).status
        if status not in (LHStatus.STARTING, LHStatus.RUNNING):
            break
        time.sleep(0.25)
    found = server.ListVariables(ListVariablesRequest(wf_run_id=wf_run)).results
    values = {each.id.name: MessageToDict(each.value) for each in found}
    nodes = server.ListNodeRuns(ListNodeRunsRequest(wf_run_id=wf_run)).results
    failures = [f"{each.failure_name}: {each.message}" for node in nodes for each in node.failures]
    return LHStatus.Name(status), values, failures
PROGRAM
  fi
  SERVER="$server" PYTHONPATH="$folder" "$folder/venv/bin/python" "$1"
}

compare() {
  printf '%s\n' "$1"
  if [ "$1" != "$2" ]; then
    echo "It is not as it was seen:"
    printf '%s\n' "$2"
    exit 1
  fi
  echo "As seen."
}
