// A static program loads no shared libraries. The linker puts these in place of the C library's loader (--wrap), so
// that what SQLite would load extensions with says so.
extern "C" {

void* __wrap_dlopen(const char* /*file*/, int /*mode*/) { return nullptr; }

void* __wrap_dlsym(void* /*handle*/, const char* /*name*/) { return nullptr; }

int __wrap_dlclose(void* /*handle*/) { return -1; }

char* __wrap_dlerror() {
  static char text[] = "this program is linked statically and loads no shared libraries";
  return text;
}

}  // extern "C"
