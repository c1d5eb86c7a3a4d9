package import LabPooling

extension PoolScheme {
    /// The scheme for a pool of so many tubes: each stage is cut into the fewest parts that it
    /// allows, as equal as they can be.
    package func tree(of size: Int) throws(PoolingFault) -> PoolTree {
        try Self.tree(of: size, below: below)
    }

    private static func tree(of size: Int, below: [Int]) throws(PoolingFault) -> PoolTree {
        let stages = below.drop { $0 >= size }
        guard let most = stages.first else { return try PoolTree(size: size) }
        var parts: [PoolTree] = []
        for part in evenParts(of: size, most: most) {
            parts.append(try tree(of: part, below: Array(stages.dropFirst())))
        }
        return try PoolTree(parts: parts)
    }

    /// The fewest parts of at most `most`, whose sizes differ by one at most, the larger first.
    package static func evenParts(of count: Int, most: Int) -> [Int] {
        let parts = (count + most - 1) / most
        guard parts > 0 else { return [] }
        let (share, larger) = count.quotientAndRemainder(dividingBy: parts)
        return (0..<parts).map { $0 < larger ? share + 1 : share }
    }
}
