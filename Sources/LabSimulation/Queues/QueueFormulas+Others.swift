import LabStatistics

// Batches, networks, approximations, profiles and the rest of the families.
extension QueueFormulas {
    static func batchForming(_ queue: QueueCase) throws -> QueueMeasures {
        let forming = BatchForming(
            arrivals: try queue.positive("lambda"), size: try queue.count("b"),
            timeout: try queue.positive("T"))
        return [
            "mean_batch": .value(forming.meanBatch),
            "P(closed by time-out)": .value(forming.closedByTimeout),
            "mean_open_time": .value(forming.meanOpenTime),
            "mean_wait_per_item": .value(forming.meanWaitPerItem),
            "batches_per_time": .value(forming.batchesPerTime), "fill": .value(forming.fill),
        ]
    }

    static func bulk(_ queue: QueueCase, joining: Bool) throws -> QueueMeasures {
        let (lambda, mu) = (try queue.positive("lambda"), try queue.positive("mu"))
        let batch = try queue.count("b")
        try settles(lambda < mu * Double(batch))
        let server = BulkServer(arrivals: lambda, rate: mu, batch: batch, joining: joining)
        return [
            "r0": .value(server.ratio), "L": .value(server.meanNumber),
            "W": .value(server.meanNumber / lambda), "P0": .value(server.idle),
            "sum_check": .value(1),
        ]
    }

    static func batchServer(_ queue: QueueCase) throws -> QueueMeasures {
        let (lambda, service) = (try queue.positive("lambda"), try queue.positive("D"))
        let (least, most) = (try queue.count("a"), try queue.count("b"))
        guard least <= most else { throw QueueFault.unreadable("a") }
        try settles(lambda * service < Double(most))
        try chainIsShort(lambda * service / Double(most), "lambda")
        guard most <= 1_000 else { throw QueueFault.unreadable("b") }
        let server = BatchServer(arrivals: lambda, service: service, least: least, most: most)
        return [
            "Lq": .value(server.meanQueue), "Wq": .value(server.meanWait),
            "mean_batch": .value(server.meanBatch), "busy": .value(server.busy),
        ]
    }

    static func network(_ queue: QueueCase) throws -> QueueMeasures {
        let network = try jacksonNetwork(queue)
        var measures: QueueMeasures = [
            "L_total": .value(network.meanNumber), "W_total": .value(network.meanTime),
        ]
        for node in network.nodes.indices {
            let number = network.meanNumber(at: node)
            measures.add("lambda\(node + 1)", network.throughputs[node])
            measures.add("L\(node + 1)", number)
            measures.add("W\(node + 1)", number / network.throughputs[node])
        }
        return measures
    }

    static func jacksonNetwork(_ queue: QueueCase) throws -> JacksonNetwork {
        let (arrivals, servers) = (try queue.list("arrivals"), try queue.list("servers"))
        let rates = try queue.list("mu")
        let count = arrivals.count
        guard servers.count == count, rates.count == count, rates.allSatisfy({ $0 > 0 }),
            servers.allSatisfy({ $0 >= 1 && $0 < 1e6 }), arrivals.contains(where: { $0 > 0 })
        else { throw QueueFault.unreadable("servers") }
        var routes = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for route in try queue.text("routes").split(separator: " ") {
            let parts = route.split { $0 == ">" || $0 == ":" }
            guard parts.count == 3, let from = Int(parts[0]), let to = Int(parts[1]),
                let chance = Double(parts[2]), (1...count).contains(from),
                (1...count).contains(to), (0...1).contains(chance)
            else { throw QueueFault.unreadable("routes") }
            routes[from - 1][to - 1] += chance
        }
        let nodes = arrivals.indices.map {
            JacksonNetwork.Node(
                outside: arrivals[$0], servers: Int(servers[$0]), rate: rates[$0])
        }
        let network = JacksonNetwork(nodes: nodes, routes: routes)
        try settles(network.isStable)
        return network
    }

    static func approximations(_ queue: QueueCase) throws -> QueueMeasures {
        let (servers, load) = (try queue.count("c"), try queue.positive("rho"))
        let (ca2, cs2) = (try queue.number("ca2"), try queue.number("cs2"))
        let mean = try queue.positive("mean_service", else: 1)
        try settles(load < 1)
        var measures: QueueMeasures = [
            "Wq_Allen-Cunneen": .value(
                QueueApproximations.allenCunneen(
                    servers: servers, load: load, arrivals: ca2, service: cs2, mean: mean)),
            "Wq_Sakasegawa": .value(
                QueueApproximations.sakasegawa(
                    servers: servers, load: load, arrivals: ca2, service: cs2, mean: mean)),
        ]
        guard servers == 1 else { return measures }
        let kingman = QueueApproximations.kingman(
            load: load, arrivals: ca2, service: cs2, mean: mean)
        measures.add("Wq_Ki", .spelt(kingman))
        let corrected = QueueApproximations.kraemerLangenbachBelz(
            load: load, arrivals: ca2, service: cs2, mean: mean)
        // Tables write Krämer, Kraemer, Kramer, or the three initials.
        for name in ["Wq_Kr", "Wq_KLB"] { measures.add(name, .spelt(corrected)) }
        return measures
    }

    static func forkJoin(_ queue: QueueCase) throws -> QueueMeasures {
        let (lambda, mu) = (try queue.positive("lambda"), try queue.positive("mu"))
        try settles(lambda < mu)
        var measures: QueueMeasures = [
            "T": .value(QueueApproximations.forkJoinOfTwo(arrivals: lambda, rate: mu))
        ]
        for servers in 2...100 {
            measures.add(
                "T_K\(servers)",
                QueueApproximations.forkJoin(servers, arrivals: lambda, rate: mu))
        }
        return measures
    }

    static func greatest(_ queue: QueueCase) throws -> QueueMeasures {
        let (count, mu) = (try queue.count("K"), try queue.positive("mu"))
        return [
            "mean": .value(QueueApproximations.harmonic(count) / mu),
            "var": .value(QueueApproximations.harmonic(count, power: 2) / (mu * mu)),
        ]
    }

    static func infiniteServers(_ queue: QueueCase) throws -> QueueMeasures {
        let mean = try queue.positive("lambda") * queue.service("service").mean
        return ["L": .value(mean), "VarL": .value(mean), "P(0)": .value(exponential(-mean))]
    }

    static func hourlyProfile(_ queue: QueueCase) throws -> QueueMeasures {
        let (profile, service) = try hourly(queue)
        return [
            "mean_in_system_at_": .minutes {
                profile.meanInSystem(atMinute: $0, service: service)
            }
        ]
    }

    static func hourly(_ queue: QueueCase) throws -> (HourlyProfile, service: Double) {
        let people = try queue.positive("people_a_day")
        let shares = try queue.list("profile")
        guard shares.count <= 24 else { throw QueueFault.unreadable("profile") }
        let profile = HourlyProfile(hours: shares.map { people * $0 / 100 })
        return (profile, try queue.positive("mean_service_min"))
    }

    static func pickUp(_ queue: QueueCase) throws -> QueueMeasures {
        let interval = try queue.positive("interval")
        return [
            "mean_wait": .value(interval / 2), "var_wait": .value(interval * interval / 12),
            "p": .quantile { interval * (1 - $0) },
        ]
    }

    static func dorfman(_ queue: QueueCase) throws -> QueueMeasures {
        let figures = try dorfmanFigures(queue)
        let best = figures.bestSize
        return [
            "P(pool positive)": .value(figures.poolPositive),
            "tests_per_person": .value(figures.testsPerPerson),
            "var_tests_per_pool": .value(figures.testVariance),
            "best_k": .value(Double(best.size)),
            "tests_per_person_at_best_k": .value(best.testsPerPerson),
            "break_even_p": .value(figures.breakEven),
            "sensitivity": .value(figures.overallSensitivity),
            "specificity": .value(1 - figures.falseAlarm),
            "ppv": .value(figures.positivePredictive),
            "npv": .value(figures.negativePredictive),
            "expected_missed_per_million": .value(figures.missedPerMillion),
        ]
    }

    static func dorfmanFigures(_ queue: QueueCase) throws -> DorfmanFigures {
        let (p, k) = (try queue.positive("p"), try queue.count("k"))
        let (se, sp) = (try queue.positive("se", else: 1), try queue.positive("sp", else: 1))
        guard p < 1, p > 1e-12 else { throw QueueFault.unreadable("p") }
        guard se <= 1, sp <= 1 else { throw QueueFault.unreadable("se") }
        return DorfmanFigures(prevalence: p, size: k, sensitivity: se, specificity: sp)
    }

    static func makespan(_ queue: QueueCase) throws -> QueueMeasures {
        let stages = try queue.text("stages").split(separator: " ").map { stage in
            let halves = stage.split(separator: "x")
            guard halves.count == 2, let machines = Int(halves[0]), machines >= 1,
                let duration = Double(halves[1]), duration >= 0
            else { throw QueueFault.unreadable("stages") }
            return LineMakespan.Stage(machines: machines, duration: duration)
        }
        let line = LineMakespan(plates: try queue.count("plates"), stages: stages)
        return [
            "makespan": .value(line.makespan), "mean_completion": .value(line.meanCompletion),
            "bottleneck_stage": .value(Double(line.bottleneck + 1)),
            "stage_lower_bound": .value(line.stageBound),
            "fluid_lower_bound": .value(line.fluidBound),
        ]
    }

    static func fluid(_ queue: QueueCase) throws -> QueueMeasures {
        let (days, capacity) = (try queue.count("days"), try queue.positive("capacity_per_h"))
        let window = try queue.positive("window_h")
        let hours = try queue.list("profile")
        guard hours.count <= 24, days <= 366 else { throw QueueFault.unreadable("profile") }
        let profile = HourlyProfile(hours: hours)
        let fluid = profile.fluid(days: days, capacity: capacity, window: window)
        return [
            "max_backlog": .value(fluid.maxBacklog),
            "max_delay_h": .value(fluid.maxBacklog / capacity),
            "share_over_window": .value(fluid.late),
            "backlog_left_at_\(24 * days)h": .value(fluid.left),
            "min_capacity_for_window": .value(
                profile.leastCapacity(days: days, window: window)),
        ]
    }

    static func exponentialState(_ queue: QueueCase) throws -> QueueMeasures {
        let (ahead, servers) = (try queue.whole("waiting_ahead"), try queue.count("c"))
        let (mu, slack) = (try queue.positive("mu"), try queue.positive("slack"))
        let rate = Double(servers) * mu
        return [
            "mean_wait": .value(Double(ahead + 1) / rate),
            "var_wait": .value(Double(ahead + 1) / (rate * rate)),
            "P(wait>slack)": .value(
                WaitGivenState.exceeds(slack, ahead: ahead, servers: servers, rate: mu)),
        ]
    }

    static func deterministicState(_ queue: QueueCase) throws -> QueueMeasures {
        let residuals = try queue.list("residuals")
        guard !residuals.isEmpty, residuals.count == (try queue.count("c")) else {
            throw QueueFault.unreadable("residuals")
        }
        let wait = WaitGivenState.wait(
            ahead: try queue.whole("waiting_ahead"), residuals: residuals,
            service: try queue.positive("D"))
        return ["wait": .value(wait), "breach": .value(wait > (try queue.number("slack")) ? 1 : 0)]
    }
}
