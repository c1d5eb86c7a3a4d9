import Glibc
import LabStatistics

extension QueueTrial {
    /// What one draw may hold; beyond, a case is left to its formula.
    private static let mostInDraw = 100_000

    /// Batches, draws, and the one deterministic line that our stations can work through.
    static func other(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        switch queue.family {
        case "batch forming with time-out":
            let size = try queue.count("b")
            guard size <= mostInDraw else { return nil }
            return SimulatedBatches.forming(
                arrivals: try queue.positive("lambda"), size: size,
                timeout: try queue.positive("T"), count: max(20, count / size), random)
        case "M/M^[b]/1 joining allowed", "M/M^[b]/1 full batches only":
            let isJoining = queue.family == "M/M^[b]/1 joining allowed"
            let batch = try queue.count("b")
            let run = ServiceLaw.exponential(mean: 1 / (try queue.positive("mu")))
            return SimulatedBatches.machine(
                .init(
                    least: isJoining ? 1 : batch, most: batch, joining: isJoining, run: run),
                arrivals: try queue.positive("lambda"), warmUp: count / 8, count: count, random)
        case "M/D^[a,b]/1":
            return SimulatedBatches.machine(
                .init(
                    least: try queue.count("a"), most: try queue.count("b"), joining: false,
                    run: .fixed(try queue.positive("D"))),
                arrivals: try queue.positive("lambda"), warmUp: count / 8, count: count, random)
        case "fork-join K=2 (Flatto-Hahn)": return try forkJoin(queue, count: count, random)
        case "max of K exponentials": return try greatest(queue, count: count, random)
        case "M/G/inf": return try infiniteServers(queue, count: count, random)
        case "M_t/M/inf hourly profile": return try profile(queue, count: count, random)
        case "periodic pick-up": return try pickUp(queue, count: count, random)
        case "Dorfman", "Dorfman with error": return try dorfman(queue, count: count, random)
        case "wait given queue state (exponential)":
            return try state(queue, count: count, random)
        default: return nil
        }
    }

    /// Two servers that begin a part of each job at once; each works through its own line.
    private static func forkJoin(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures {
        let (lambda, mu) = (try queue.positive("lambda"), try queue.positive("mu"))
        var (coming, serving) = (random.stream(named: "arrivals"), random.stream(named: "services"))
        var (first, second, sum) = (0.0, 0.0, 0.0)
        let warmUp = count / 8
        for job in 0..<(warmUp + count) {
            let gap = coming.unitExponential() / lambda
            first = max(0, first - gap) + serving.unitExponential() / mu
            second = max(0, second - gap) + serving.unitExponential() / mu
            if job >= warmUp { sum += max(first, second) }
        }
        return ["T": .value(sum / Double(count))]
    }

    private static func greatest(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures {
        let (members, mu) = (try queue.count("K"), try queue.positive("mu"))
        var chance = random.stream(named: "services")
        return moments(count: max(50, count / members)) {
            // The greatest of K by its own law: U^(1/K) is the greatest of K uniform numbers.
            if members > 50 {
                let u = log(1 - chance.uniform()) / Double(members)
                return -log(-expm1(u)) / mu
            }
            return (0..<members).reduce(0) { best, _ in max(best, chance.unitExponential()) } / mu
        }
    }

    private static func pickUp(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures {
        let interval = try queue.positive("interval")
        var chance = random.stream(named: "arrivals")
        let box = HistogramBox()
        var measures = moments(count: count) {
            // Somebody comes at any time; the courier comes at whole multiples of the interval.
            let arrival = chance.uniform(from: 0, to: 1_000 * interval)
            let wait = (arrival / interval).rounded(.up) * interval - arrival
            box.histogram.add(wait)
            return wait
        }
        measures.add("mean_wait", measures["mean"] ?? 0)
        measures.add("var_wait", measures["var"] ?? 0)
        measures.add("p", .quantile { box.histogram.quantile(1 - $0) })
        return measures
    }

    private static func state(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        let (ahead, servers) = (try queue.whole("waiting_ahead"), try queue.count("c"))
        let (mu, slack) = (try queue.positive("mu"), try queue.positive("slack"))
        guard ahead + servers <= mostInDraw else { return nil }
        var chance = random.stream(named: "services")
        var late = 0
        let draws = max(50, count / (ahead + servers))
        var measures = moments(count: draws) {
            // The servers one by one, each with its own rest; the first free takes the next.
            var agenda = EventList()
            for _ in 0..<servers { agenda.schedule(0, at: chance.unitExponential() / mu) }
            var time = 0.0
            for turn in 0...ahead {
                guard let event = agenda.next() else { break }
                time = event.time
                if turn < ahead { agenda.schedule(0, at: time + chance.unitExponential() / mu) }
            }
            if time > slack { late += 1 }
            return time
        }
        measures.add("mean_wait", measures["mean"] ?? 0)
        measures.add("var_wait", measures["var"] ?? 0)
        measures.add("P(wait>slack)", Double(late) / Double(draws))
        return measures
    }

    private static func infiniteServers(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        let (lambda, service) = (try queue.positive("lambda"), try queue.service("service"))
        var (coming, serving) = (random.stream(named: "arrivals"), random.stream(named: "services"))
        // Looked at from one instant: who came within the last stretch and is still there.
        let longest = horizon(service)
        guard lambda * longest <= Double(mostInDraw) else { return nil }
        let perLook = max(1, Int(lambda * longest))
        return moments(count: max(200, count / perLook), mean: "L", variance: "VarL") {
            var (time, inside) = (0.0, 0.0)
            while true {
                time += coming.unitExponential() / lambda
                if time > longest { return inside }
                if service.draw(using: &serving) > time { inside += 1 }
            }
        }
    }

    private static func horizon(_ service: ServiceLaw) -> Double {
        switch service {
        case .fixed(let value), .uniform(_, let value), .triangular(_, _, let value): value
        case .discrete(let branches): branches.map(\.value).max() ?? 0
        default: 60 * service.mean * max(1, service.variability)
        }
    }

    private static func profile(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        let (profile, service) = try QueueFormulas.hourly(queue)
        var (coming, serving) = (random.stream(named: "arrivals"), random.stream(named: "services"))
        let people = max(1, profile.hours.reduce(0, +))
        guard people <= Double(10 * mostInDraw) else { return nil }
        let days = max(2, Int(Double(count) / people))
        // Numbers present at each minute of the first day, summed over many days.
        var present = [Int](repeating: 0, count: 1_442)
        for _ in 0..<days {
            for (hour, amount) in profile.hours.enumerated() where amount > 0 {
                var time = Double(hour) * 60
                while true {
                    time += coming.unitExponential() * 60 / amount
                    guard time < Double(hour + 1) * 60 else { break }
                    let end = time + serving.unitExponential() * service
                    present[Int(time.rounded(.up))] += 1
                    present[min(1_441, Int(end.rounded(.up)))] -= 1
                }
            }
        }
        var level = 0
        let means = present.map { change in
            level += change
            return Double(level) / Double(days)
        }
        return [
            "mean_in_system_at_": .minutes { minute in
                minute >= 0 && minute <= 1_440 ? means[Int(minute)] : .nan
            }
        ]
    }

    private static func dorfman(
        _ queue: QueueCase, count: Int, _ random: SeededGenerator
    ) throws -> QueueMeasures? {
        let figures = try QueueFormulas.dorfmanFigures(queue)
        guard figures.size <= mostInDraw else { return nil }
        let pools = SimulatedPools(figures, count: max(100, count / figures.size), random)
        return pools.measures
    }

    /// The mean and variance of what is drawn.
    private static func moments(
        count: Int, mean: String = "mean", variance: String = "var", _ draw: () -> Double
    ) -> QueueMeasures {
        var (average, squares) = (0.0, 0.0)
        for n in 1...count {
            let value = draw()
            let gap = value - average
            average += gap / Double(n)
            squares += gap * (value - average)
        }
        return [mean: .value(average), variance: .value(squares / Double(max(1, count - 1)))]
    }
}

/// A histogram that a closure can keep.
final class HistogramBox {
    var histogram = LogHistogram()
}
