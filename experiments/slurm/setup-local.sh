#!/usr/bin/env bash
# Starts a Slurm of this one machine, to try `counterrank sweep --launcher slurm` and to test it. Debian or Ubuntu, as root:
#   apt-get install --no-install-recommends slurm-wlm munge
#   experiments/slurm/setup-local.sh
# Does nothing when Slurm answers already, and refuses where another Slurm is configured. `setup-local.sh stop` ends it.
set -euo pipefail
conf=/etc/slurm/slurm.conf
mark="# written by counterrank's setup-local.sh"

if [ "${1:-start}" = stop ]; then
  for pid in /run/slurmd.pid /run/slurmctld.pid /run/munge/munged.pid; do
    if [ -s "$pid" ]; then kill "$(cat "$pid")" || true; fi
  done
  exit 0
fi
command -v slurmctld >/dev/null || { echo "no slurmctld: apt-get install --no-install-recommends slurm-wlm munge" >&2; exit 2; }
if timeout 5 sinfo --noheader 2>/dev/null | grep -q idle; then exit 0; fi
if [ -e "$conf" ] && ! grep -q "$mark" "$conf"; then
  echo "$conf is not of this script; start that Slurm, or move the file away" >&2
  exit 2
fi

host=$(hostname -s)
memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.8) }' /proc/meminfo)
mkdir -p /etc/slurm /var/spool/slurmctld /var/spool/slurmd /var/log/slurm /run/munge /var/log/munge /var/lib/munge
cat > "$conf" <<CONF
$mark
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
StateSaveLocation=/var/spool/slurmctld
SlurmdSpoolDir=/var/spool/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
SlurmctldLogFile=/var/log/slurm/slurmctld.log
SlurmdLogFile=/var/log/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=100000
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=YES
CONF
# Slurm wants the cgroup file where the kernel has cgroups; without the plugin for it nothing is confined.
[ -e /etc/slurm/cgroup.conf ] || printf '%s\nCgroupPlugin=cgroup/v1\n' "$mark" > /etc/slurm/cgroup.conf

[ -s /etc/munge/munge.key ] || (umask 077; mkdir -p /etc/munge; head -c 128 /dev/urandom > /etc/munge/munge.key)
chown -R munge:munge /etc/munge /run/munge /var/log/munge /var/lib/munge
chmod 0700 /etc/munge /var/log/munge
chmod 0755 /run/munge
munge -n >/dev/null 2>&1 || runuser -u munge -- munged --force >/dev/null 2>&1
slurmctld
slurmd
for _ in $(seq 100); do
  if sinfo --noheader 2>/dev/null | grep -q idle; then exit 0; fi
  sleep 0.2
done
echo "Slurm did not come up; see /var/log/slurm" >&2
exit 1
