/// An open network of queues with exponential services and chance routing.
///
/// Source: J. R. Jackson, "Networks of waiting lines", Oper. Res. 5 (1957) 518.
package struct JacksonNetwork: Sendable {
    /// One station.
    package struct Node: Sendable {
        package let outside: Double
        package let servers: Int
        package let rate: Double

        /// A station with arrivals from outside, servers and their rate.
        package init(outside: Double, servers: Int, rate: Double) {
            (self.outside, self.servers, self.rate) = (outside, servers, rate)
        }
    }

    package let nodes: [Node]
    /// The chance of going from one station to another; the rest leaves.
    package let routes: [[Double]]
    /// Arrivals at each station, from outside and from others.
    package let throughputs: [Double]

    /// A network; the traffic equations are solved at once.
    package init(nodes: [Node], routes: [[Double]]) {
        (self.nodes, self.routes) = (nodes, routes)
        var matrix = nodes.indices.map { i in
            nodes.indices.map { j in (i == j ? 1 : 0) - routes[j][i] } + [nodes[i].outside]
        }
        for i in matrix.indices {
            let pivot =
                matrix.indices[i...].max { abs(matrix[$0][i]) < abs(matrix[$1][i]) } ?? i
            matrix.swapAt(i, pivot)
            for j in matrix.indices where j != i {
                let factor = matrix[j][i] / matrix[i][i]
                guard factor != 0 else { continue }
                for k in i..<matrix[i].count { matrix[j][k] -= factor * matrix[i][k] }
            }
        }
        throughputs = matrix.indices.map { matrix[$0][nodes.count] / matrix[$0][$0] }
    }

    /// Whether every station settles.
    package var isStable: Bool {
        zip(nodes, throughputs).allSatisfy { $1 < Double($0.servers) * $0.rate && $1 >= 0 }
    }

    /// The mean number at a station, in service included.
    package func meanNumber(at node: Int) -> Double {
        let load = throughputs[node] / nodes[node].rate
        return load
            + ErlangQueue(servers: nodes[node].servers, load: load, rate: nodes[node].rate)
            .meanQueue
    }

    /// The mean number in the network.
    package var meanNumber: Double { nodes.indices.reduce(0) { $0 + meanNumber(at: $1) } }

    /// The mean time from entering to leaving.
    package var meanTime: Double { meanNumber / nodes.reduce(0) { $0 + $1.outside } }
}
