import Glibc
import Testing

@testable import LabStatistics

@Suite("Closed forms of queues")
struct QueueingTests {
    private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-11) -> Bool {
        abs(a - b) <= tolerance * max(abs(a), abs(b))
    }

    /// The stationary law of a chain in continuous time, by Gauss's elimination on its rates.
    private func solve(_ count: Int, _ rate: (Int, Int) -> Double) -> [Double] {
        var matrix = (0..<count).map { column in
            (0..<count).map { row in
                row == column
                    ? -(0..<count).reduce(0) { $0 + ($1 == row ? 0 : rate(row, $1)) }
                    : rate(row, column)
            } + [0]
        }
        matrix[count - 1] = [Double](repeating: 1, count: count + 1)
        for i in 0..<count {
            let pivot = (i..<count).max { abs(matrix[$0][i]) < abs(matrix[$1][i]) } ?? i
            matrix.swapAt(i, pivot)
            for j in 0..<count where j != i {
                let factor = matrix[j][i] / matrix[i][i]
                for k in i...count { matrix[j][k] -= factor * matrix[i][k] }
            }
        }
        return (0..<count).map { matrix[$0][count] / matrix[$0][$0] }
    }

    @Test(
        "QUEUE-6: bounded and impatient queues are the solution of their balance equations",
        arguments: [
            (1, 10, 1.0, 0.0), (2, 6, 1.9, 0), (4, 20, 4.4, 0), (3, 3, 2.5, 0), (3, 60, 5, 0.8),
        ])
    func balance(_ servers: Int, _ room: Int, _ load: Double, _ patience: Double) {
        let law = solve(room + 1) { from, to in
            if to == from + 1 { return load }
            guard to == from - 1 else { return 0 }
            return Double(min(from, servers)) + patience * Double(max(0, from - servers))
        }
        let waiting = law.indices.reduce(0) { $0 + Double(max(0, $1 - servers)) * law[$1] }
        if patience > 0 {
            let queue = ImpatientQueue(
                servers: servers, load: load, rate: 1, patienceRate: patience)
            #expect(isNear(queue.meanQueue, waiting))
            #expect(isNear(queue.waits, law[servers...].reduce(0, +)))
        } else {
            let queue = BoundedQueue(servers: servers, room: room, load: load, rate: 1)
            #expect(isNear(queue.blocking, law[room]) && isNear(queue.law[0], law[0]))
            #expect(servers == room || isNear(queue.meanQueue, waiting))
            if servers == room {
                #expect(isNear(ErlangQueue(servers: servers, load: load).blocking, law[room]))
            }
        }
    }

    @Test("QUEUE-6: with much room a bounded queue is Erlang's waiting queue")
    func unbounded() {
        for (servers, load) in [(1, 0.8), (3, 2.4), (20, 18.0)] {
            let bounded = BoundedQueue(servers: servers, room: servers + 400, load: load, rate: 2)
            let erlang = ErlangQueue(servers: servers, load: load, rate: 2)
            #expect(isNear(bounded.meanQueue, erlang.meanQueue))
            #expect(isNear(bounded.law[servers...].reduce(0, +), erlang.waiting))
            #expect(isNear(erlang.meanQueue, erlang.meanWait * load * 2))
        }
    }

    @Test("QUEUE-7: Poisson probabilities add up, in the tails to their own digits")
    func poisson() {
        for mean in [0.3, 1, 7.5, 40, 1_000, 12_345.6] {
            let law = PoissonLaw(mean: mean)
            let middle = Int(mean)
            #expect(isNear(law.atMost(middle) + law.atLeast(middle + 1), 1, 1e-14))
            #expect(
                isNear(law.atMost(middle) - law.atMost(middle - 1), law.probability(of: middle)))
        }
        // By mpmath in 50 digits.
        #expect(isNear(PoissonLaw(mean: 20).atLeast(60), 4.233_284_694_712_903e-13, 1e-13))
        #expect(isNear(PoissonLaw(mean: 150).atMost(92), 2.308_245_379_901_728e-7, 1e-13))
        let middle = PoissonLaw(mean: 6_960).probability(of: 7_000)
        #expect(isNear(middle, 0.004_251_403_501_644_818, 1e-13))
    }

    @Test("QUEUE-8: the wait behind fixed services is Erlang's series where that has its digits")
    func erlangSeries() {
        for (lambda, service) in [(0.5, 1.0), (0.8, 1), (0.02, 45)] {
            let queue = DeterministicQueue(arrivals: lambda, service: service)
            for step in 0..<12 {
                let t = service * Double(step) * 0.37
                var (sum, k) = (0.0, 0.0)
                while k * service <= t {
                    let x = lambda * (t - k * service)
                    sum += pow(-x, k) / tgamma(k + 1) * exp(x)
                    k += 1
                }
                let series = (1 - lambda * service) * sum
                #expect(abs(1 - queue.waitExceeds(t) - series) < 1e-12)
            }
            // The mean is the integral of the tail.
            let mean = Quadrature.integral(over: 0...(service * 120), panels: 2_400) {
                queue.waitExceeds($0)
            }
            #expect(isNear(mean, queue.meanWait, 1e-6))
            #expect(isNear(queue.waitExceeds(queue.wait(exceededBy: 1e-6)), 1e-6, 1e-9))
        }
    }

    @Test("QUEUE-9: the chain of batches is what stepping through it comes to")
    func chain() {
        for (batch, arrivals) in [(1, 0.7), (3, 2.4), (10, 9.0), (94, 80.0)] {
            let law = BatchChain(batch: batch, arrivals: arrivals).law
            let poisson = PoissonLaw(mean: arrivals)
            let jumps = (0..<law.count).map { poisson.probability(of: $0) }
            var next = [Double](repeating: 0, count: law.count)
            for (state, p) in law.enumerated() where p > 0 {
                let left = max(0, state - batch)
                for to in left..<law.count { next[to] += p * jumps[to - left] }
            }
            for (a, b) in zip(law, next) { #expect(abs(a - b) < 1e-13) }
            #expect(isNear(law.reduce(0, +), 1, 1e-13))
        }
        // One server: Pollaczek and Khinchine.
        let one = DeterministicServers(servers: 1, load: 0.7, service: 3)
        #expect(isNear(one.meanWait, DeterministicQueue(arrivals: 0.7 / 3, service: 3).meanWait))
        #expect(isNear(one.noWait, 0.3))
    }

    @Test("QUEUE-10: batches keep what comes: as much leaves as arrives")
    func batches() {
        for (lambda, size, timeout) in [(0.2, 10, 20.0), (2.5, 94, 30), (10, 94, 15), (1, 1, 5)] {
            let forming = BatchForming(arrivals: lambda, size: size, timeout: timeout)
            #expect(isNear(forming.batchesPerTime * forming.meanBatch, lambda))
            #expect(isNear(forming.batchesPerTime * (forming.meanOpenTime + 1 / lambda), 1))
            #expect(forming.fill <= 1 && forming.meanOpenTime <= timeout)
        }
        // Two at most: the second comes in time with 1 − e^(−λT).
        let pair = BatchForming(arrivals: 0.3, size: 2, timeout: 4)
        #expect(isNear(pair.meanBatch, 1 - expm1(-1.2)))
        let joining = BulkServer(arrivals: 3, rate: 1, batch: 5, joining: true)
        let root = pow(joining.ratio, 6) - 4 * joining.ratio + 3
        #expect(abs(root) < 1e-14 && joining.ratio < 0.99)
        // With b = 1 both rules are M/M/1.
        let single = BulkServer(arrivals: 0.6, rate: 1, batch: 1, joining: false)
        #expect(isNear(single.meanNumber, 1.5) && isNear(single.idle, 0.4))
    }

    @Test("QUEUE-11: in a network as much flows out as in, and a tandem is a row of single queues")
    func network() {
        let nodes = [(1.0, 2, 1.5), (0.5, 1, 4), (0, 3, 2)].map {
            JacksonNetwork.Node(outside: $0.0, servers: $0.1, rate: $0.2)
        }
        let routes = [[0, 0.7, 0.2], [0.1, 0, 0.9], [0.3, 0.1, 0]]
        let network = JacksonNetwork(nodes: nodes, routes: routes)
        let leaving = zip(network.throughputs, routes).reduce(0) {
            $0 + $1.0 * (1 - $1.1.reduce(0, +))
        }
        #expect(isNear(leaving, 1.5) && network.isStable)
        let tandem = JacksonNetwork(
            nodes: [
                .init(outside: 0.8, servers: 1, rate: 1), .init(outside: 0, servers: 1, rate: 2),
            ],
            routes: [[0, 1], [0, 0]])
        #expect(isNear(tandem.meanNumber, 4 + 0.8 / 1.2))
        #expect(isNear(tandem.meanTime, 5 + 1 / 1.2))
    }

    @Test("QUEUE-12: a line of machines takes what stepping through its plates takes")
    func makespan() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<50 {
            let stages = (0..<random.whole(in: 1...4)).map { _ in
                LineMakespan.Stage(
                    machines: random.whole(in: 1...5), duration: Double(random.whole(in: 1...20)))
            }
            let plates = random.whole(in: 1...60)
            let line = LineMakespan(plates: plates, stages: stages)
            // Independently: the first free machine takes the first plate that is ready.
            var ready = [Double](repeating: 0, count: plates)
            for stage in stages {
                var free = [Double](repeating: 0, count: stage.machines)
                ready = ready.sorted().map { time in
                    let machine = free.indices.min { free[$0] < free[$1] } ?? 0
                    free[machine] = max(free[machine], time) + stage.duration
                    return free[machine]
                }
            }
            #expect(
                line.makespan == ready.max()
                    && isNear(line.meanCompletion * Double(plates), ready.reduce(0, +)))
            #expect(line.stageBound <= line.makespan && line.fluidBound <= line.makespan)
        }
    }

    @Test("QUEUE-13: a fluid in hours is what small steps of time make of it")
    func fluid() {
        let profile = HourlyProfile(hours: [3, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5])
        for capacity in [3.5, 4, 4.2, 6] {
            let fluid = profile.fluid(days: 2, capacity: capacity, window: 9)
            let steps = 600
            var (backlog, greatest, late, total) = (0.0, 0.0, 0.0, 0.0)
            for step in 0..<(48 * steps) {
                let hour = step / steps % 24
                let rate = hour < 14 ? profile.hours[hour] : 0
                total += rate
                if backlog > 9 * capacity { late += rate }
                backlog = max(0, backlog + (rate - capacity) / Double(steps))
                greatest = max(greatest, backlog)
            }
            #expect(abs(fluid.maxBacklog - greatest) < 0.03 && abs(fluid.left - backlog) < 0.03)
            #expect(abs(fluid.late - late / total) < 0.004)
        }
        let least = profile.leastCapacity(days: 2, window: 12)
        let above = profile.fluid(days: 2, capacity: least * 1.000_001, window: 12)
        let below = profile.fluid(days: 2, capacity: least * 0.999, window: 12)
        #expect(above.late == 0 && below.maxBacklog > 12 * least * 0.999)
    }

    @Test("QUEUE-14: Student's t has its published quantiles")
    func studentT() {
        for (p, freedom, value) in [
            (0.975, 10, 2.228_138_851_964_939), (0.995, 23, 2.807_335_683_769_999),
            (0.75, 1, 1.0), (0.95, 2, 2.919_985_580_353_726), (0.999_95, 23, 4.693_2),
        ] {
            let tolerance = value == 4.693_2 ? 1e-3 : 1e-9
            #expect(
                isNear(StudentT.quantile(p, freedom: freedom), value, tolerance), "\(p) \(freedom)")
        }
        #expect(isNear(StudentT.quantile(0.975, freedom: 100_000), 1.96, 1e-4))
    }

    @Test("QUEUE-15: who joins a known queue waits as long as counting releases says")
    func state() {
        // Two servers with rests 1 and 4, services of 3: releases at 1, 4, 4, 7, 7 …
        let waits = (0..<5).map { WaitGivenState.wait(ahead: $0, residuals: [4, 1], service: 3) }
        #expect(waits == [1, 4, 4, 7, 7])
        #expect(isNear(WaitGivenState.exceeds(0.5, ahead: 0, servers: 3, rate: 1), exp(-1.5)))
    }
}
