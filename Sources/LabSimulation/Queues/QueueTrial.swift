package import LabStatistics

/// Our simulations for the families of a table of closed forms.
package enum QueueTrial {
    /// One repetition of a case.
    /// - Parameters:
    ///   - queue: The case; formulas must have accepted it.
    ///   - count: How many arrivals, batches or draws are counted.
    ///   - random: The repetition's own source of chance.
    /// - Returns: Estimates under the names of the tables; nil for families without chance, and for
    ///   formulas that are not the truth.
    /// - Throws: `QueueFault` where the case cannot be read.
    package static func run(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        switch queue.family {
        case "M/M/1":
            let mu = try queue.positive("mu")
            return served(
                [try arrivals(queue, "lambda", 1, .exponential(mean: 1 / mu))], count: count,
                random)
        case "M/M/c", "M/M/c/c (Erlang B)", "M/M/c/K", "M/M/c+M (Erlang A)":
            return try exponentialServers(queue, count: count, random)
        case "M/M/c non-preemptive priority":
            let mu = try queue.positive("mu", else: 1)
            let service = ServiceLaw.exponential(mean: 1 / mu)
            return served(
                [
                    try arrivals(queue, "a1", mu, service), try arrivals(queue, "a2", mu, service),
                ], servers: try queue.count("c"), count: count, random)
        case "M/D/1":
            let service = try queue.positive("D")
            return served(
                [try arrivals(queue, "lambda", 1, .fixed(service))], unit: service, count: count,
                random)
        case "M/D/c":
            let (service, servers) = (try queue.positive("D", else: 1), try queue.count("c"))
            return served(
                [try arrivals(queue, "rho", Double(servers) / service, .fixed(service))],
                servers: servers, count: count, random)
        case "M/G/1 (P-K)":
            let general = try QueueFormulas.generalQueue(queue)
            return served(
                [.init(arrivals: general.arrivals, service: general.service)], count: count, random)
        case "M/G/1 non-preemptive priority (Cobham)":
            let (high, low) = try QueueFormulas.priorityClasses(queue)
            return served(
                [high, low].map { .init(arrivals: $0.arrivals, service: $0.service) },
                count: count, random)
        case "Jackson network":
            var network = SimulatedNetwork(try QueueFormulas.jacksonNetwork(queue), random)
            return network.run(warmUp: count / 8, count: count)
        default: return try other(queue, count: count, random)
        }
    }

    private static func arrivals(
        _ queue: QueueCase, _ key: String, _ factor: Double, _ service: ServiceLaw
    ) throws -> SimulatedQueue.Class {
        SimulatedQueue.Class(arrivals: try queue.positive(key) * factor, service: service)
    }

    private static func exponentialServers(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        let (servers, mu) = (try queue.count("c"), try queue.positive("mu", else: 1))
        // To fill so many servers once would take longer than the whole table.
        guard servers <= 100_000 else { return nil }
        var (room, patience) = (Int.max, 0.0)
        switch queue.family {
        case "M/M/c/c (Erlang B)": room = servers
        case "M/M/c/K": room = try queue.count("K")
        case "M/M/c+M (Erlang A)": patience = try queue.positive("theta")
        default: break
        }
        return served(
            [try arrivals(queue, "a", mu, .exponential(mean: 1 / mu))], servers: servers,
            room: room, patienceRate: patience, count: count, random)
    }

    /// The measures of a queue that was run.
    private static func served(
        _ classes: [SimulatedQueue.Class], servers: Int = 1, room: Int = .max,
        patienceRate: Double = 0, unit: Double = 1, count: Int, _ random: SeededGenerator
    ) -> QueueMeasures {
        var queue = SimulatedQueue(
            classes, servers: servers, room: room, patienceRate: patienceRate, random: random)
        // Many servers start empty and need a few services each before they are as busy as ever.
        queue.run(warmUp: count / 8 + 10 * servers, count: count)
        let time = queue.duration
        let people = Double(queue.tally.waits.count)
        let (number, square) = (queue.tally.numberArea / time, queue.tally.squareArea / time)
        let (queueLength, busy) = (queue.tally.queueArea / time, queue.tally.busyArea / time)
        let arrived = Double(queue.tally.arrived)
        let waits = queue.tally.waits.frozen()
        let times = queue.tally.times.frozen()
        var measures: QueueMeasures = [
            "L": .value(number), "Lq": .value(queueLength),
            "VarL": .value(square - number * number),
            "Wq": .value(queue.tally.waitSum / people),
            "Wq_all": .value(queue.tally.waitSum / people),
            "Wq_accepted": .value(queue.tally.waitSum / people),
            "W": .value(queue.tally.timeSum / people),
            "W_accepted": .value(queue.tally.timeSum / people),
            "P(Wq=0)": .value(1 - Double(queue.tally.waited) / people),
            "P(no wait)": .value(1 - Double(queue.tally.waited) / people),
            "P(wait)": .value(Double(queue.tally.waited) / people),
            "ErlangC": .value(Double(queue.tally.waited) / people),
            "P0": .value(queue.tally.emptyTime / time),
            "blocking": .value(Double(queue.tally.refused) / arrived),
            "throughput": .value((arrived - Double(queue.tally.refused)) / time),
            "carried": .value(busy), "utilisation": .value(busy / Double(servers)),
            "rho": .value(busy / Double(servers)), "lambda": .value(arrived / time),
            "P(abandon)": .value(Double(queue.tally.abandoned) / arrived),
            "busy_period_mean": .value(
                queue.tally.busyPeriodSum / Double(max(1, queue.tally.busyPeriods))),
            "Wq_p": .quantile { waits.quantile(1 - $0) },
            "W_p": .quantile { times.quantile(1 - $0) },
            "P(Wq<=": .atServices { 1 - waits.share(above: $0 * unit) },
            "P(Wq>": .at { waits.share(above: $0) },
            "P(W>": .at { times.share(above: $0) },
        ]
        if classes.count == 2 {
            measures.add("Wq_high", queue.tally.waitSums[0] / Double(max(1, queue.tally.served[0])))
            measures.add("Wq_low", queue.tally.waitSums[1] / Double(max(1, queue.tally.served[1])))
        }
        return measures
    }
}
