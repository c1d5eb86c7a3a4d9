import ArgumentParser

/// Seeds as `1-20`, or `1,4,7-9`; one number alone may mean how many.
struct SeedList: ExpressibleByArgument {
    /// The most runs of one command.
    private static let most: UInt64 = 100_000

    let seeds: [UInt64]
    private let isLone: Bool
    let defaultValueDescription: String

    /// As many seeds, from 1 on.
    static func first(_ count: UInt64) -> SeedList {
        SeedList(seeds: [count], isLone: true, defaultValueDescription: "\(count)")
    }

    private init(seeds: [UInt64], isLone: Bool, defaultValueDescription: String) {
        (self.seeds, self.isLone) = (seeds, isLone)
        self.defaultValueDescription = defaultValueDescription
    }

    init?(argument: String) {
        var seeds: [UInt64] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                .map { UInt64($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first <= last, last - first < 1_000_000
            else { return nil }
            seeds += Array(first...last)
        }
        guard !seeds.isEmpty, seeds.count <= 1_000_000, Set(seeds).count == seeds.count else {
            return nil
        }
        self.init(
            seeds: seeds, isLone: argument.allSatisfy(\.isNumber),
            defaultValueDescription: argument)
    }

    /// The seeds, where one number N alone stands for 1 to N.
    func counted() throws -> [UInt64] {
        guard isLone, let count = seeds.first else { return seeds }
        guard 1...Self.most ~= count else {
            throw ValidationError("--seeds is from 1 to \(Self.most), or a list such as 1-20.")
        }
        return Array(1...count)
    }
}
