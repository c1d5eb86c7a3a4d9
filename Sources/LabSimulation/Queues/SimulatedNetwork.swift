import LabStatistics

/// An open network of stations, each customer's time in it measured.
struct SimulatedNetwork: ~Copyable {
    private let network: JacksonNetwork
    private var agenda = EventList()
    private var lines: [Int]
    private var busy: [Int]
    private var areas: [Double]
    private var visits: [Int]
    private var coming: [SeededGenerator]
    private var serving: SeededGenerator
    private var routing: SeededGenerator
    private var now = 0.0

    init(_ network: JacksonNetwork, _ random: SeededGenerator) {
        self.network = network
        let count = network.nodes.count
        lines = [Int](repeating: 0, count: count)
        busy = lines
        areas = [Double](repeating: 0, count: count)
        visits = lines
        coming = (0..<count).map { random.stream(named: "arrivals", number: UInt64($0)) }
        serving = random.stream(named: "services")
        routing = random.stream(named: "routes")
    }

    /// Runs for so many arrivals from outside, after some that are not counted.
    mutating func run(warmUp: Int, count: Int) -> QueueMeasures {
        for node in network.nodes.indices where network.nodes[node].outside > 0 { expect(node) }
        var (arrived, start) = (0, 0.0)
        while arrived < warmUp + count, let event = agenda.next() {
            let elapsed = event.time - now
            for node in lines.indices { areas[node] += elapsed * Double(lines[node] + busy[node]) }
            now = event.time
            let node = Int(event.subject)
            if event.kind == 0 {
                expect(node)
                enter(node)
                arrived += 1
                if arrived == warmUp {
                    start = now
                    for node in areas.indices { (areas[node], visits[node]) = (0, 0) }
                }
            } else {
                leave(node)
            }
        }
        return measures(over: now - start)
    }

    private mutating func expect(_ node: Int) {
        let gap = coming[node].unitExponential() / network.nodes[node].outside
        agenda.schedule(0, at: now + gap, subject: Int32(node))
    }

    private mutating func enter(_ node: Int) {
        visits[node] += 1
        if busy[node] < network.nodes[node].servers { begin(node) } else { lines[node] += 1 }
    }

    private mutating func begin(_ node: Int) {
        busy[node] += 1
        let service = serving.unitExponential() / network.nodes[node].rate
        agenda.schedule(1, at: now + service, subject: Int32(node))
    }

    private mutating func leave(_ node: Int) {
        busy[node] -= 1
        if lines[node] > 0 {
            lines[node] -= 1
            begin(node)
        }
        var rest = routing.uniform()
        for (next, chance) in network.routes[node].enumerated() {
            if rest < chance { return enter(next) }
            rest -= chance
        }
    }

    private func measures(over time: Double) -> QueueMeasures {
        let total = areas.reduce(0, +)
        let outside = network.nodes.reduce(0) { $0 + $1.outside }
        var measures: QueueMeasures = [
            "L_total": .value(total / time), "W_total": .value(total / time / outside),
        ]
        for node in areas.indices {
            measures.add("lambda\(node + 1)", Double(visits[node]) / time)
            measures.add("L\(node + 1)", areas[node] / time)
            measures.add("W\(node + 1)", areas[node] / Double(max(1, visits[node])))
        }
        return measures
    }
}
