"""The metrics of one process, made from their declarations: counted here, or read from the stores when asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from shared.telemetry.metrics import ALL, PATIENT, Figure, Metric

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_MAKERS = {"counter": Counter, "gauge": Gauge}
_FAMILIES = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily, "histogram": HistogramMetricFamily}

Read = Callable[[], Iterable[tuple[str, Figure]]]  # (service, figure) of all that is stored, now


class Meters:
    """The metrics of one process. Give each service its own view with `of`; say once where stored ones are read."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._made: Mapping[str, Counter | Gauge | Histogram] = {m.name: self._make(m) for m in ALL if not m.stored}

    def _make(self, metric: Metric) -> Counter | Gauge | Histogram:
        labels = ("service", *metric.labels)
        if metric.kind == "histogram":
            return Histogram(metric.name, metric.help, labels, registry=self.registry, buckets=SECONDS)
        return _MAKERS[metric.kind](metric.name, metric.help, labels, registry=self.registry)

    def of(self, service: str) -> "ServiceMeters":
        return ServiceMeters(service, self._made)

    def stored(self, read: Read) -> None:
        """Read stored metrics by `read` each time that somebody asks for the metrics."""
        self.registry.register(_Stored(read))


class _Stored(Collector):
    def __init__(self, read: Read) -> None:
        self._read = read

    def describe(self) -> Iterable[Family]:
        return ()  # registering reads nothing

    def collect(self) -> Iterator[Family]:
        families: dict[str, Family] = {}
        for service, figure in self._read():
            metric = figure.metric
            if metric.name not in families:
                families[metric.name] = _FAMILIES[metric.kind](
                    metric.name, metric.help, labels=("service", *metric.labels)
                )
            family, labels = families[metric.name], (service, *figure.labels)
            if isinstance(family, HistogramMetricFamily):
                edges = [*(str(float(edge)) for edge in PATIENT), "+Inf"]
                family.add_metric(labels, list(zip(edges, figure.below, strict=True)), figure.value)
            elif isinstance(family, CounterMetricFamily | GaugeMetricFamily):
                family.add_metric(labels, figure.value)
        yield from families.values()


@dataclass(frozen=True, slots=True)
class ServiceMeters:
    """One service's view of the metrics."""

    service: str
    made: Mapping[str, Counter | Gauge | Histogram]

    def expect(self, metric: Metric, label: str, values: Iterable[str], **labels: str) -> None:
        """Show a counter at 0 before anything happens: Prometheus sees no rise in a series that is new."""
        for value in values:
            self.count(metric, 0, **labels, **{label: value})

    def count(self, metric: Metric, amount: float = 1, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Counter)
        made.inc(amount)

    def level(self, metric: Metric, value: float, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Gauge)
        made.set(value)

    def took(self, metric: Metric, seconds: float, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Histogram)
        made.observe(seconds)
