#include "support/system_memory.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace chokepoint::detail {

namespace {

constexpr std::size_t page = std::size_t{1} << 16U;  // as large as any system has them
constexpr std::size_t huge_page = std::size_t{2} << 20U;

std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
  if (bytes > static_cast<std::size_t>(-1) - 2 * unit) throw std::bad_alloc();
  return (bytes + unit - 1) / unit * unit;
}

char* map(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<char*>(memory);
}

}  // namespace

SystemMemory::SystemMemory(std::size_t bytes) {
  if (bytes == 0) return;
  if (bytes < huge_page) {
    size_ = rounded_up(bytes, page);
    data_ = map(size_);
    return;
  }
  size_ = rounded_up(bytes, huge_page);
  char* const mapped = map(size_ + huge_page);
  const std::size_t before = (huge_page - reinterpret_cast<std::uintptr_t>(mapped) % huge_page) % huge_page;
  data_ = mapped + before;
  if (before != 0) munmap(mapped, before);
  munmap(data_ + size_, huge_page - before);
  madvise(data_, size_, MADV_HUGEPAGE);  // advice only
}

SystemMemory::~SystemMemory() {
  if (data_ != nullptr) munmap(data_, size_);
}

void SystemMemory::grow(std::size_t bytes) {
  if (bytes <= size_) return;
  SystemMemory larger(bytes);
  if (data_ != nullptr) {
    if (mremap(data_, size_, size_, MREMAP_MAYMOVE | MREMAP_FIXED, larger.data_) == MAP_FAILED) throw std::bad_alloc();
    data_ = nullptr;
    size_ = 0;
  }
  *this = std::move(larger);
}

}  // namespace chokepoint::detail
