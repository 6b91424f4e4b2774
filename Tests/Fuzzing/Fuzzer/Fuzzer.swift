import Foundation
import FuzzTargets

/// The target that the environment names.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FRONTDESK_FUZZ"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else { fatalError("FRONTDESK_FUZZ names no target: \(name)") }
    return target
}()

/// What libFuzzer calls with bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.read(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
