/// A stretch of memory for plain values that grows when asked and frees itself.
///
/// The innermost loops of a simulation touch tens of millions of these values a second. An array
/// would count references and test for sharing at each write; a block has one owner, which the
/// compiler checks. Places are checked in debug builds only.
package struct Block<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    /// How many values there is room for; all of them hold something.
    package private(set) var capacity: Int
    private let blank: Element

    /// Room for some values, all of them `blank` at first.
    package init(capacity: Int, filledWith blank: Element) {
        self.capacity = max(1, capacity)
        self.blank = blank
        base = .allocate(capacity: self.capacity)
        base.initialize(repeating: blank, count: self.capacity)
    }

    deinit { base.deallocate() }

    /// The value at a place below `capacity`.
    package subscript(_ place: Int) -> Element {
        @inline(__always) get {
            assert(place >= 0 && place < capacity, "The place is not in the block.")
            return base[place]
        }
        @inline(__always) _modify {
            assert(place >= 0 && place < capacity, "The place is not in the block.")
            yield &base[place]
        }
    }

    /// Makes room for at least so many values, doubling, so that n values cost O(n) in all.
    @inline(__always)
    package mutating func reserve(_ wanted: Int) {
        if wanted > capacity { grow(to: max(wanted, 2 * capacity)) }
    }

    /// Sets every value to the blank one again.
    package mutating func clear() {
        base.update(repeating: blank, count: capacity)
    }

    @inline(never)
    private mutating func grow(to larger: Int) {
        let wider = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        wider.moveInitialize(from: base, count: capacity)
        (wider + capacity).initialize(repeating: blank, count: larger - capacity)
        base.deallocate()
        (base, capacity) = (wider, larger)
    }
}
