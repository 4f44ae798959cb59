#!/bin/bash
# Starts or stops a single-node Slurm that listens on the loopback only.
#   slurm-loopback.sh start DIR   prints the path of slurm.conf; export it as SLURM_CONF
#   slurm-loopback.sh stop DIR
# Needs root, and the packages slurm-wlm and munge. Ports: SLURM_LOOPBACK_PORT (26817) and the next one.
set -eu
action=${1:?start or stop}
mkdir -p "${2:?a directory for state and logs}"
dir=$(cd "$2" && pwd)
export SLURM_CONF=$dir/slurm.conf PATH=$PATH:/usr/sbin:/sbin
port=${SLURM_LOOPBACK_PORT:-26817}
host=$(hostname -s)

stop() {
    [ -f "$SLURM_CONF" ] && timeout 10 scontrol shutdown >/dev/null 2>&1 || true
    sleep 1
    for pid in "$dir"/run/slurmd.pid "$dir"/run/slurmctld.pid "$dir"/run/munged.pid; do
        [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null || true
        rm -f "$pid"
    done
}

case $action in
stop) stop ;;
start)
    mkdir -p "$dir"/{state,spool,log,run}
    chmod 755 "$dir" "$dir/run" "$dir/log"
    rm -f "$dir/run/munge.key"
    dd if=/dev/urandom of="$dir/run/munge.key" bs=128 count=1 2>/dev/null
    chmod 400 "$dir/run/munge.key"
    cat >"$SLURM_CONF" <<CONF
ClusterName=loop
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/run/munge.sock
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/log/jobcomp.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0,sched_min_interval=0,bf_continue
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
MaxArraySize=10001
MinJobAge=3600
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 Boards=1 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=1000 State=UNKNOWN
PartitionName=sweep Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    munged --force --key-file="$dir/run/munge.key" --socket="$dir/run/munge.sock" --pid-file="$dir/run/munged.pid" \
        --log-file="$dir/log/munged.log" --seed-file="$dir/run/munged.seed" >/dev/null 2>&1 </dev/null
    slurmctld -f "$SLURM_CONF" >/dev/null 2>&1 </dev/null
    sleep 1
    slurmd -f "$SLURM_CONF" >/dev/null 2>&1 </dev/null
    for _ in $(seq 40); do
        if sinfo --noheader --format=%t 2>/dev/null | grep -qx idle; then
            # Nothing may listen on an outer address.
            if ss -ltnH "( sport = :$port or sport = :$((port + 1)) )" 2>/dev/null | grep -v '127\.0\.0\.1:' | grep -q .; then
                echo "Slurm listens beyond the loopback" >&2
                stop
                exit 1
            fi
            echo "$SLURM_CONF"
            exit 0
        fi
        sleep 0.5
    done
    echo "Slurm did not start; see $dir/log" >&2
    stop
    exit 1
    ;;
*)
    echo "start or stop, not '$action'" >&2
    exit 2
    ;;
esac
