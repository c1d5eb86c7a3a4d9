import LabStatistics

/// Our formulas for the families of a table of closed forms.
package enum QueueFormulas {
    /// The value of every measure that a case has, under the names of the tables.
    /// - Throws: `QueueFault` where the case cannot be read or does not settle.
    package static func measures(_ queue: QueueCase) throws -> QueueMeasures {
        switch queue.family {
        case "M/M/1": try singleServer(queue)
        case "M/M/c": try manyServers(queue)
        case "M/M/c/c (Erlang B)": try loss(queue)
        case "M/M/c/K": try bounded(queue)
        case "M/M/c+M (Erlang A)": try impatient(queue)
        case "M/D/1": try deterministic(queue)
        case "M/D/c": try deterministicServers(queue)
        case "M/G/1 (P-K)": try general(queue)
        case "M/G/1 non-preemptive priority (Cobham)": try priorities(queue)
        case "M/M/c non-preemptive priority": try manyServerPriorities(queue)
        case "batch forming with time-out": try batchForming(queue)
        case "M/M^[b]/1 joining allowed": try bulk(queue, joining: true)
        case "M/M^[b]/1 full batches only": try bulk(queue, joining: false)
        case "M/D^[a,b]/1": try batchServer(queue)
        case "Jackson network": try network(queue)
        case "G/G/c approximations": try approximations(queue)
        case "Halfin-Whitt":
            ["P(wait)": .value(QueueApproximations.halfinWhitt(try queue.positive("beta")))]
        case "fork-join K=2 (Flatto-Hahn)", "fork-join K>2 (Nelson-Tantawi)":
            try forkJoin(queue)
        case "max of K exponentials": try greatest(queue)
        case "M/G/inf": try infiniteServers(queue)
        case "M_t/M/inf hourly profile": try hourlyProfile(queue)
        case "periodic pick-up": try pickUp(queue)
        case "Dorfman", "Dorfman with error": try dorfman(queue)
        case "deterministic line makespan": try makespan(queue)
        case "fluid single server, hourly": try fluid(queue)
        case "wait given queue state (exponential)": try exponentialState(queue)
        case "wait given queue state (deterministic)": try deterministicState(queue)
        default: throw QueueFault.family
        }
    }

    static func settles(_ isStable: Bool) throws {
        guard isStable else { throw QueueFault.unstable }
    }

    /// Chains are solved state by state, and need 1 / (1 − ρ) states and more.
    static func chainIsShort(_ load: Double, _ key: String) throws {
        guard load <= 0.999_9 else { throw QueueFault.unreadable(key) }
    }

    private static func singleServer(_ queue: QueueCase) throws -> QueueMeasures {
        let (lambda, mu) = (try queue.positive("lambda"), try queue.positive("mu"))
        try settles(lambda < mu)
        let (rho, spare) = (lambda / mu, mu - lambda)
        let number = lambda / spare
        let wait = ErlangQueue(servers: 1, load: rho, rate: mu)
        return [
            "rho": .value(rho), "L": .value(number), "Lq": .value(rho * number),
            "W": .value(1 / spare), "Wq": .value(rho / spare), "P(Wq=0)": .value(spare / mu),
            "busy_period_mean": .value(1 / spare), "VarL": .value(lambda * mu / (spare * spare)),
            "Wq_p": .quantile { wait.wait(exceededBy: $0) },
            "W_p": .quantile { -logarithm($0) / spare },
            "P(Wq>": .at { wait.waitExceeds($0) },
            "P(W>": .at { exponential(-spare * $0) },
        ]
    }

    private static func manyServers(_ queue: QueueCase) throws -> QueueMeasures {
        let erlang = ErlangQueue(
            servers: try queue.count("c"), load: try queue.positive("a"),
            rate: try queue.positive("mu", else: 1))
        try settles(erlang.isStable)
        return [
            "ErlangC": .value(erlang.waiting), "P(wait)": .value(erlang.waiting),
            "Lq": .value(erlang.meanQueue), "Wq": .value(erlang.meanWait),
            "W": .value(erlang.meanWait + 1 / erlang.rate),
            "L": .value(erlang.meanQueue + erlang.load),
            "rho": .value(erlang.load / Double(erlang.servers)),
            "P(Wq>": .at { erlang.waitExceeds($0) },
            "Wq_p": .quantile { erlang.wait(exceededBy: $0) },
        ]
    }

    private static func loss(_ queue: QueueCase) throws -> QueueMeasures {
        let erlang = ErlangQueue(
            servers: try queue.count("c"), load: try queue.positive("a"))
        let carried = erlang.load * (1 - erlang.blocking)
        return [
            "blocking": .value(erlang.blocking), "carried": .value(carried),
            "utilisation": .value(carried / Double(erlang.servers)),
        ]
    }

    private static func bounded(_ queue: QueueCase) throws -> QueueMeasures {
        let (servers, room) = (try queue.count("c"), try queue.count("K"))
        guard room >= servers else { throw QueueFault.unreadable("K") }
        let bounded = BoundedQueue(
            servers: servers, room: room, load: try queue.positive("a"),
            rate: try queue.positive("mu", else: 1))
        return [
            "P0": .value(bounded.law[0]), "blocking": .value(bounded.blocking),
            "Lq": .value(bounded.meanQueue), "L": .value(bounded.meanNumber),
            "throughput": .value(bounded.throughput),
            "Wq_accepted": .value(bounded.meanQueue / bounded.throughput),
            "W_accepted": .value(bounded.meanNumber / bounded.throughput),
        ]
    }

    private static func impatient(_ queue: QueueCase) throws -> QueueMeasures {
        let (load, mu) = (try queue.positive("a"), try queue.positive("mu", else: 1))
        let theta = try queue.positive("theta")
        // The law holds so many numbers and more; a city's patience needs thousands.
        guard load * mu / theta < 1e6 else { throw QueueFault.unreadable("theta") }
        let impatient = ImpatientQueue(
            servers: try queue.count("c"), load: load, rate: mu, patienceRate: theta)
        return [
            "Lq": .value(impatient.meanQueue), "P(abandon)": .value(impatient.abandons),
            "P(wait)": .value(impatient.waits),
            "Wq_all": .value(impatient.meanQueue / impatient.arrivals),
        ]
    }

    private static func deterministic(_ queue: QueueCase) throws -> QueueMeasures {
        let (lambda, service) = (try queue.positive("lambda"), try queue.positive("D"))
        try settles(lambda * service < 1)
        try chainIsShort(lambda * service, "lambda")
        let exact = DeterministicQueue(arrivals: lambda, service: service)
        return [
            "rho": .value(exact.load), "Wq": .value(exact.meanWait),
            "Lq": .value(exact.meanWait * lambda), "W": .value(exact.meanWait + service),
            "L": .value(exact.meanWait * lambda + exact.load),
            "P(Wq<=": .atServices { 1 - exact.waitExceeds($0 * service) },
            "P(Wq>": .atServices { exact.waitExceeds($0 * service) },
            "Wq_p": .quantile { exact.wait(exceededBy: $0) },
        ]
    }

    private static func deterministicServers(_ queue: QueueCase) throws -> QueueMeasures {
        let (servers, load) = (try queue.count("c"), try queue.positive("rho"))
        try settles(load < 1)
        try chainIsShort(load, "rho")
        guard servers <= 1_000 else { throw QueueFault.unreadable("c") }
        let service = try queue.positive("D", else: 1)
        let exact = DeterministicServers(servers: servers, load: load, service: service)
        return [
            "Lq": .value(exact.meanQueue), "Wq": .value(exact.meanWait),
            "P(no wait)": .value(exact.noWait), "P(wait)": .value(1 - exact.noWait),
        ]
    }

    private static func general(_ queue: QueueCase) throws -> QueueMeasures {
        let general = try generalQueue(queue)
        let wait = general.meanWait
        return [
            "lambda": .value(general.arrivals), "rho": .value(general.load), "Wq": .value(wait),
            "Lq": .value(wait * general.arrivals), "W": .value(wait + general.service.mean),
            "L": .value(wait * general.arrivals + general.load),
            "cs2": .value(general.service.variability),
        ]
    }

    static func generalQueue(_ queue: QueueCase) throws -> GeneralQueue {
        let service = try queue.service("service")
        let lambda: Double
        if let load = try? queue.positive("rho") {
            lambda = load / service.mean
        } else {
            lambda = try queue.positive("lambda")
        }
        let general = GeneralQueue(arrivals: lambda, service: service)
        try settles(general.load < 1)
        return general
    }

    private static func priorities(_ queue: QueueCase) throws -> QueueMeasures {
        let (high, low) = try priorityClasses(queue)
        let waits = PriorityQueues(high, low)
        return [
            "rho": .value(high.load + low.load), "Wq_high": .value(waits.highWait),
            "Wq_low": .value(waits.lowWait), "Wq_all": .value(waits.meanWait),
        ]
    }

    static func priorityClasses(_ queue: QueueCase) throws -> (GeneralQueue, GeneralQueue) {
        let high = GeneralQueue(
            arrivals: try queue.positive("l1"), service: try queue.service("s1"))
        let low = GeneralQueue(
            arrivals: try queue.positive("l2"), service: try queue.service("s2"))
        try settles(high.load + low.load < 1)
        return (high, low)
    }

    private static func manyServerPriorities(_ queue: QueueCase) throws -> QueueMeasures {
        let (servers, high, low) = (
            try queue.count("c"), try queue.positive("a1"), try queue.positive("a2")
        )
        try settles(high + low < Double(servers))
        let waits = PriorityQueues(
            servers: servers, high: high, low: low, rate: try queue.positive("mu", else: 1))
        return [
            "Wq_high": .value(waits.highWait), "Wq_low": .value(waits.lowWait),
            "Wq_all": .value(waits.meanWait),
        ]
    }
}
