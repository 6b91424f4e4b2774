extension Estate {
    /// Ways to pay in the order of the handbook, then others by name; `cashFirst` as a till is counted. Each once.
    func inOrder(_ methods: some Sequence<String>, cashFirst: Bool = false) -> [String] {
        let known = handbook.fees.methods
        func place(_ method: String) -> Int {
            cashFirst && method == PaymentMethods.cash ? -1 : known.firstIndex(of: method) ?? known.count
        }
        return Set(methods).sorted { (place($0), $0) < (place($1), $1) }
    }
}
